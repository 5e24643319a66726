using System.Buffers.Binary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Pixels;

/// <summary>
/// Tells the frames of compressed pixel data apart that has more fragments than frames and no offset table: each begins a
/// compressed image anew, behind the end of the one before (PS3.5 §A.4).
/// </summary>
public static class FrameStarts
{
    private const int ItemHeaderBytes = 8;
    private const int MostFragments = 100_000;
    private const int HeadLength = 4;

    // What ends an image, and a byte of padding.
    private const int TailLength = 3;

    /// <summary>The same with an offset table, where one could be made; what it cannot tell stays as it is.</summary>
    /// <param name="pixels">The pixel data.</param>
    /// <param name="frames">Number of Frames.</param>
    /// <param name="transferSyntax">How it is compressed.</param>
    /// <param name="file">Seekable.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PixelDataLocation> TellApartAsync(
        PixelDataLocation pixels, int frames, string transferSyntax, Stream file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        ArgumentNullException.ThrowIfNull(file);
        byte[]? start = StartOf(transferSyntax);
        bool isTold = !pixels.IsEncapsulated || frames < 2 || pixels.FragmentCount == frames
            || pixels.BasicOffsetTable.Length >= frames * 4L;
        if (isTold || start is null || pixels.FragmentCount < frames || pixels.FragmentCount > MostFragments
            || pixels.Fragments.Count != pixels.FragmentCount)
        {
            return pixels;
        }

        byte[] table = new byte[frames * 4];
        long origin = pixels.Fragments[0].Offset - ItemHeaderBytes;
        int found = 0;
        bool isAtEnd = true;
        byte[] bytes = new byte[HeadLength];
        foreach (PixelFragment fragment in pixels.Fragments.Where(fragment => fragment.Length > HeadLength))
        {
            await ReadAsync(file, fragment.Offset, bytes.AsMemory(0, HeadLength), cancellationToken);
            if (isAtEnd && bytes.AsSpan().StartsWith(start))
            {
                long offset = fragment.Offset - ItemHeaderBytes - origin;
                if (found == frames || offset > uint.MaxValue)
                {
                    return pixels;
                }

                BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(found++ * 4), (uint)offset);
            }

            await ReadAsync(file, fragment.Offset + fragment.Length - TailLength, bytes.AsMemory(0, TailLength), cancellationToken);
            isAtEnd = bytes is [_, 0xFF, 0xD9, ..] or [0xFF, 0xD9, 0, ..];
        }

        return found == frames ? pixels with { BasicOffsetTable = table } : pixels;
    }

    // JPEG and JPEG-LS: SOI and the next marker; JPEG 2000: SOC and SIZ. All end with FF D9.
    private static byte[]? StartOf(string transferSyntax) => transferSyntax switch
    {
        "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" or "1.2.840.10008.1.2.4.57" or "1.2.840.10008.1.2.4.70"
            or "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => [0xFF, 0xD8, 0xFF],
        "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91" or "1.2.840.10008.1.2.4.92" or "1.2.840.10008.1.2.4.93"
            or "1.2.840.10008.1.2.4.201" or "1.2.840.10008.1.2.4.202" or "1.2.840.10008.1.2.4.203" => [0xFF, 0x4F, 0xFF, 0x51],
        _ => null,
    };

    private static async Task ReadAsync(Stream file, long offset, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        file.Position = offset;
        await file.ReadExactlyAsync(bytes, cancellationToken);
    }
}
