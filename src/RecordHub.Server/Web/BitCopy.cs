using System.Buffers;

namespace RecordHub.Server.Web;

/// <summary>Copies bits that begin in the midst of a byte so that they begin with one, the first bit being the lowest (PS3.5 §8.1.1).</summary>
internal static class BitCopy
{
    private const int Chunk = 64 * 1024;

    /// <param name="source">At the byte in which the bits begin.</param>
    /// <param name="length">Bytes in which they lie.</param>
    /// <param name="shift">Bits of the first byte that are not theirs.</param>
    /// <param name="bits">How many there are; the rest of the last byte is zero.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EndOfStreamException">The stream ends before them.</exception>
    public static async Task CopyAsync(
        Stream source, long length, int shift, long bits, Stream output, CancellationToken cancellationToken)
    {
        long left = (bits + 7) / 8;
        byte last = (byte)(0xFF >> (int)((8 - (bits % 8)) % 8));
        byte[] input = ArrayPool<byte>.Shared.Rent(Chunk);
        byte[] aligned = ArrayPool<byte>.Shared.Rent(Chunk + 1);
        try
        {
            int before = -1;
            while (left > 0)
            {
                int read = length == 0
                    ? 0
                    : await source.ReadAsync(input.AsMemory(0, (int)Math.Min(length, Chunk)), cancellationToken);
                if (read == 0 && length > 0)
                {
                    throw new EndOfStreamException("A stored value ends before its length.");
                }

                length -= read;
                int count = 0;
                for (int i = 0; i < read && left > 0; i++)
                {
                    if (before >= 0)
                    {
                        Add((before >> shift) | (input[i] << (8 - shift)));
                    }

                    before = input[i];
                }

                if (length == 0 && left > 0)
                {
                    Add(before >> shift);
                }

                await output.WriteAsync(aligned.AsMemory(0, count), cancellationToken);

                void Add(int value)
                {
                    left--;
                    aligned[count++] = (byte)(value & (left == 0 ? last : 0xFF));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input, clearArray: true);
            ArrayPool<byte>.Shared.Return(aligned, clearArray: true);
        }
    }
}
