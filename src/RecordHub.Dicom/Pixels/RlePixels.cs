using System.Buffers;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Pixels;

/// <summary>Writes RLE Lossless pixel data natively, blanked, with one frame in memory.</summary>
internal static class RlePixels
{
    /// <summary>Frames larger than this are not decoded.</summary>
    public const long MaxFrame = 256 * 1024 * 1024;

    /// <exception cref="InvalidDataException">A frame cannot be decoded.</exception>
    public static async Task CopyAsync(
        PixelDataLocation pixels, PixelBlanker blanker, Stream input, Stream output, CancellationToken cancellationToken)
    {
        PixelLayout layout = blanker.Layout;
        int length = (int)(layout.Length / layout.Frames);
        byte[] frame = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            for (int number = 1; number <= layout.Frames; number++)
            {
                byte[] encoded = await ReadAsync(pixels, layout.Frames, number, input, cancellationToken);
                if (!RleFrame.TryDecode(encoded, layout, frame.AsSpan(0, length)))
                {
                    throw Undecodable();
                }

                blanker.Apply(frame.AsSpan(0, length), (long)length * (number - 1));
                await output.WriteAsync(frame.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private static async Task<byte[]> ReadAsync(
        PixelDataLocation pixels, int frames, int number, Stream input, CancellationToken cancellationToken)
    {
        IReadOnlyList<PixelFragment> places = FramePlaces.Find(pixels, frames, number) ?? throw Undecodable();
        long total = places.Sum(place => place.Length);
        if (total > 2 * MaxFrame)
        {
            throw Undecodable();
        }

        byte[] encoded = new byte[total];
        int read = 0;
        foreach (PixelFragment place in places)
        {
            input.Position = place.Offset;
            await input.ReadExactlyAsync(encoded.AsMemory(read, (int)place.Length), cancellationToken);
            read += (int)place.Length;
        }

        return encoded;
    }

    private static InvalidDataException Undecodable() => new("A frame of RLE Lossless pixel data cannot be decoded.");
}
