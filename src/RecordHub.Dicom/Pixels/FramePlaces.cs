using System.Buffers.Binary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Pixels;

/// <summary>Where each frame's bytes are in a stored file (PS3.5 §8.1.1, §A.4). Pure.</summary>
public static class FramePlaces
{
    private const int ItemHeaderBytes = 8;

    /// <summary>The byte ranges of a frame, to be sent one after the other; null when it cannot be told, or is not there.</summary>
    /// <param name="pixels">The pixel data of the header.</param>
    /// <param name="frames">Number of Frames; 1 when the header has none.</param>
    /// <param name="frame">From 1.</param>
    public static IReadOnlyList<PixelFragment>? Find(PixelDataLocation pixels, int frames, int frame)
    {
        if (frame < 1 || frame > frames)
        {
            return null;
        }

        if (!pixels.IsEncapsulated)
        {
            long length = pixels.Length / frames;
            return length == 0 ? null : [new PixelFragment(pixels.Offset + (length * (frame - 1)), length)];
        }

        if (frames == 1)
        {
            return pixels.Fragments.Count > 0 && pixels.Fragments.Count == pixels.FragmentCount ? pixels.Fragments : null;
        }

        return pixels.FragmentCount == frames && frame <= pixels.Fragments.Count
            ? [pixels.Fragments[frame - 1]]
            : ByOffsetTable(pixels, frames, frame);
    }

    private static List<PixelFragment>? ByOffsetTable(PixelDataLocation pixels, int frames, int frame)
    {
        ReadOnlySpan<byte> table = pixels.BasicOffsetTable.Span;
        if (table.Length < frames * 4L || pixels.Fragments.Count == 0)
        {
            return null;
        }

        // Offsets count from the first byte of the first fragment's item header (PS3.5 §A.4).
        long origin = pixels.Fragments[0].Offset - ItemHeaderBytes;
        long from = origin + BinaryPrimitives.ReadUInt32LittleEndian(table[((frame - 1) * 4)..]);
        long to = frame == frames
            ? long.MaxValue
            : origin + BinaryPrimitives.ReadUInt32LittleEndian(table[(frame * 4)..]);
        List<PixelFragment> found =
        [
            .. pixels.Fragments.Where(fragment =>
                fragment.Offset - ItemHeaderBytes >= from && fragment.Offset - ItemHeaderBytes < to),
        ];
        return found.Count > 0 ? found : null;
    }
}
