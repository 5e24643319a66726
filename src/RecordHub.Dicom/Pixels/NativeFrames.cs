using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Pixels;

/// <summary>
/// Where native frames begin (PS3.5 §8.1.1, §8.2): they follow each other without padding, those of single bits in the midst of
/// a byte, and what is behind the last one belongs to none. Pure.
/// </summary>
public static class NativeFrames
{
    /// <summary>Bits of one frame; null when the header does not say.</summary>
    public static long? BitsOf(DicomDataSet image)
    {
        ArgumentNullException.ThrowIfNull(image);
        long rows = image.GetInt32(DicomTags.Rows) ?? 0;
        long columns = image.GetInt32(DicomTags.Columns) ?? 0;
        long allocated = image.GetInt32(DicomTags.BitsAllocated) ?? 0;
        long samples = image.GetInt32(DicomTags.SamplesPerPixel) ?? 1;
        if (rows is < 1 or > ushort.MaxValue || columns is < 1 or > ushort.MaxValue || allocated is < 1 or > 64
            || samples is < 1 or > ushort.MaxValue)
        {
            return null;
        }

        // Neighbours share their chrominance (PS3.3 §C.7.6.3.1.2).
        long bits = rows * columns * allocated;
        return image.GetString(DicomTags.PhotometricInterpretation) switch
        {
            "YBR_FULL_422" or "YBR_PARTIAL_422" => bits * 2,
            "YBR_PARTIAL_420" => bits * 3 / 2,
            _ => bits * samples,
        };
    }

    /// <summary>The bytes that a frame lies in, and in which bit of the first it begins; null when not all of it is there.</summary>
    /// <param name="pixels">Native pixel data.</param>
    /// <param name="bits">Bits of one frame.</param>
    /// <param name="frame">From 1.</param>
    public static (PixelFragment Bytes, int Shift)? Find(PixelDataLocation pixels, long bits, int frame)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if ((Int128)bits * frame > (Int128)pixels.Length * 8)
        {
            return null;
        }

        long first = bits * (frame - 1);
        long from = first / 8;
        return (new PixelFragment(pixels.Offset + from, ((first + bits + 7) / 8) - from), (int)(first % 8));
    }
}
