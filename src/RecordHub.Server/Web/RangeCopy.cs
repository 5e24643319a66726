using System.Buffers;

namespace RecordHub.Server.Web;

/// <summary>Copies a part of a seekable stream in flat memory.</summary>
internal static class RangeCopy
{
    private const int Chunk = 128 * 1024;

    /// <exception cref="EndOfStreamException">The stream ends before the part does.</exception>
    public static Task CopyAsync(
        Stream source, long offset, long length, Stream output, CancellationToken cancellationToken)
    {
        source.Position = offset;
        return CopyAsync(source, length, output, cancellationToken);
    }

    /// <summary>Copies what comes next; the stream need not be seekable.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the part does.</exception>
    public static async Task CopyAsync(Stream source, long length, Stream output, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (length > 0)
            {
                int read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), cancellationToken);
                if (read == 0)
                {
                    throw new EndOfStreamException("A stored value ends before its length.");
                }

                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
