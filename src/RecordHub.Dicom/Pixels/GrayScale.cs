using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Pixels;

/// <summary>Shades of gray from stored values: rescaled, then by the first window, or from the least to the greatest (PS3.3 §C.11.2).</summary>
internal static class GrayScale
{
    private static readonly DicomTag s_center = new(0x0028, 0x1050);
    private static readonly DicomTag s_width = new(0x0028, 0x1051);
    private static readonly DicomTag s_intercept = new(0x0028, 0x1052);
    private static readonly DicomTag s_slope = new(0x0028, 0x1053);

    internal static byte[] Shade(ReadOnlySpan<double> stored, DicomDataSet image, bool isMonochrome, bool isInverse)
    {
        double slope = isMonochrome ? Usable(image.GetDouble(s_slope)) ?? 1 : 1;
        double intercept = isMonochrome ? image.GetDouble(s_intercept) ?? 0 : 0;
        (double low, double high) = isMonochrome ? Window(stored, image, slope, intercept) : (0, 255);
        byte[] shades = new byte[stored.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            double level = (stored[i] * slope) + intercept;
            double share = high > low ? (level - low) / (high - low) : level > low ? 1 : 0;
            byte shade = double.IsNaN(share) ? (byte)0 : (byte)Math.Round(Math.Clamp(share, 0, 1) * 255);
            shades[i] = isInverse ? (byte)(255 - shade) : shade;
        }

        return shades;
    }

    private static (double Low, double High) Window(
        ReadOnlySpan<double> stored, DicomDataSet image, double slope, double intercept)
    {
        if (image.GetDoubles(s_center) is [double center, ..] && image.GetDoubles(s_width) is [double width, ..]
            && double.IsFinite(center) && width >= 1)
        {
            return (center - 0.5 - ((width - 1) / 2), center - 0.5 + ((width - 1) / 2));
        }

        double least = double.MaxValue;
        double greatest = double.MinValue;
        foreach (double value in stored)
        {
            double level = (value * slope) + intercept;
            least = Math.Min(least, level);
            greatest = Math.Max(greatest, level);
        }

        return (least, greatest);
    }

    private static double? Usable(double? slope) => slope is { } value && double.IsFinite(value) && value != 0 ? value : null;
}
