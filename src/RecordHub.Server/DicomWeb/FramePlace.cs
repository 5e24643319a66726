using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Server.DicomWeb;

/// <summary>Where the bytes of one frame are.</summary>
/// <param name="Parts">One after the other.</param>
/// <param name="Shift">Of a native frame that begins in the midst of a byte: the bits before it.</param>
/// <param name="Bits">All of a native frame; null of any other, which is its parts as they are.</param>
internal sealed record FramePlace(IReadOnlyList<PixelFragment> Parts, int Shift, long? Bits)
{
    public long Length => Bits is { } bits ? (bits + 7) / 8 : Parts.Sum(part => part.Length);

    /// <summary>Null when it cannot be told, or not all of it is there.</summary>
    public static FramePlace? Find(PixelDataLocation pixels, long? bitsOfFrame, int frames, int frame)
    {
        // The only frame of a value that is too short for it is what there is.
        bool isTold = frames > 1 || bitsOfFrame <= pixels.Length * 8;
        if (pixels.IsEncapsulated || bitsOfFrame is not { } bits || !isTold)
        {
            return FramePlaces.Find(pixels, frames, frame) is { } parts ? new FramePlace(parts, 0, null) : null;
        }

        return frame >= 1 && frame <= frames && NativeFrames.Find(pixels, bits, frame) is var (place, shift)
            ? new FramePlace([place], shift, bits)
            : null;
    }

    public async Task CopyAsync(InstanceBytes bytes, Stream output, CancellationToken cancellationToken)
    {
        foreach (PixelFragment part in Parts)
        {
            await bytes.CopyAsync(part, Shift, Bits ?? part.Length * 8, output, cancellationToken);
        }
    }
}
