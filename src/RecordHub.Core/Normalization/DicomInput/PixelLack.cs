using System.Globalization;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>Whether an image has fewer pixels than it says, although its file is whole. Pure.</summary>
internal static class PixelLack
{
    /// <summary>What is missing; null when nothing is, or it cannot be told.</summary>
    public static string? Of(DicomHeader header)
    {
        if (header.PixelData is not { IsEncapsulated: false } pixels || NativeFrames.BitsOf(header.DataSet) is not { } bits)
        {
            return null;
        }

        long frames = header.DataSet.GetInt32(DicomTags.NumberOfFrames) is > 0 and { } number ? number : 1;
        Int128 there = (Int128)pixels.Length * 8 / bits;
        return there >= frames
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"its pixels end too early, in frame {(long)there + 1} of {frames}");
    }
}
