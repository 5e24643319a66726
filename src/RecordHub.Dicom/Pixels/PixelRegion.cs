using System.Globalization;

namespace RecordHub.Dicom.Pixels;

/// <summary>A rectangle of an image matrix, whose first pixel is 0,0; the same in every frame.</summary>
public readonly record struct PixelRegion(int X, int Y, int Width, int Height)
{
    /// <summary>Reads <c>X,Y,W,H</c>: whole numbers below 65536, width and height not 0.</summary>
    public static bool TryParse(string? text, out PixelRegion region)
    {
        region = default;
        string[] parts = (text ?? string.Empty).Split(',');
        Span<int> numbers = stackalloc int[4];
        if (parts.Length != numbers.Length)
        {
            return false;
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            if (!ushort.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                return false;
            }

            numbers[i] = number;
        }

        region = new PixelRegion(numbers[0], numbers[1], numbers[2], numbers[3]);
        return region is { Width: > 0, Height: > 0 };
    }
}
