using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>Whether an image has fewer pixels than it says, although its file is whole. Pure.</summary>
internal static class PixelLack
{
    // PS3.3 §C.7.6.3.1.9.
    private static readonly DicomTag s_pixelDataProviderUrl = new(0x0028, 0x7FE0);

    /// <summary>What is missing; null when nothing is, or it cannot be told.</summary>
    public static string? Of(DicomHeader header)
    {
        if (NativeFrames.BitsOf(header.DataSet) is not { } bits)
        {
            return null;
        }

        return header.PixelData switch
        {
            null when header.DataSet.Contains(s_pixelDataProviderUrl) =>
                "it has no pixels, only the address of a server that has them (Pixel Data Provider URL)",
            null => "it has no pixels, although it says of which size they are",
            { IsEncapsulated: true } pixels => pixels.FragmentCount == 0 ? "its pixels are empty" : null,
            { } pixels => OfNative(pixels, bits, header.DataSet),
        };
    }

    private static string? OfNative(PixelDataLocation pixels, long bits, DicomDataSet image)
    {
        long frames = image.GetInt32(DicomTags.NumberOfFrames) is > 0 and { } number ? number : 1;
        Int128 there = (Int128)pixels.Length * 8 / bits;
        return there >= frames
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"its pixels end too early, in frame {(long)there + 1} of {frames}");
    }
}
