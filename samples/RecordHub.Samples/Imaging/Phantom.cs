using System.Buffers.Binary;

namespace RecordHub.Samples.Imaging;

/// <summary>A body of ellipsoids that a person recognises at a glance, drawn slice by slice in 16 bits.</summary>
internal sealed class Phantom(int size, int background, IReadOnlyList<Ellipse> ellipses)
{
    /// <summary>A chest: body, lungs, heart, spine, and a nodule of the given size in the left lower lobe.</summary>
    public static Phantom Chest(int size, double nodule) => new(size, -1000,
    [
        new(0, 0, 0.92, 0.66, 0, -0.6, 1.6, 40),
        new(-0.42, 0.02, 0.34, 0.48, 8, -0.3, 1.3, -850),
        new(0.42, 0.02, 0.34, 0.48, -8, -0.3, 1.3, -850),
        new(0.10, 0.10, 0.26, 0.22, 20, -0.1, 0.9, 55),
        new(0, -0.46, 0.12, 0.12, 0, -0.6, 1.6, 700),
        new(0.52, -0.16, nodule, nodule, 0, 0.2, 0.6, 60),
    ]);

    /// <summary>A head: skull, brain, ventricles, and nothing that does not belong there.</summary>
    public static Phantom Head(int size) => new(size, 0,
    [
        new(0, 0, 0.70, 0.90, 0, -0.4, 1.3, 1100),
        new(0, 0, 0.64, 0.84, 0, -0.35, 1.25, 520),
        new(-0.14, 0.04, 0.09, 0.30, 12, 0.2, 0.8, 120),
        new(0.14, 0.04, 0.09, 0.30, -12, 0.2, 0.8, 120),
        new(0, -0.40, 0.20, 0.14, 0, -0.3, 0.5, 640),
    ]);

    /// <summary>Pixel values of a slice at a height of 0 to 1, signed 16 bits in little endian.</summary>
    public byte[] Draw(double height)
    {
        byte[] pixels = new byte[size * size * 2];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double x = ((2.0 * column) + 1 - size) / size;
                double y = (size - 1 - (2.0 * row)) / size;
                short value = (short)(ValueAt(x, y, height) + Grain(row, column));
                BinaryPrimitives.WriteInt16LittleEndian(pixels.AsSpan(2 * ((row * size) + column)), value);
            }
        }

        return pixels;
    }

    private int ValueAt(double x, double y, double height)
    {
        int value = background;
        foreach (Ellipse ellipse in ellipses)
        {
            double scale = ellipse.ScaleAt(height);
            (double sine, double cosine) = Math.SinCos(ellipse.Degrees * Math.PI / 180);
            double u = ((x - ellipse.X) * cosine) + ((y - ellipse.Y) * sine);
            double v = ((y - ellipse.Y) * cosine) - ((x - ellipse.X) * sine);
            double a = ellipse.A * scale;
            double b = ellipse.B * scale;
            if (scale > 0 && (u * u / (a * a)) + (v * v / (b * b)) <= 1)
            {
                value = ellipse.Value;
            }
        }

        return value;
    }

    // A fixed pattern, so that compression and windowing have something to do.
    private static int Grain(int row, int column) => ((row * 31) + (column * 17)) % 13;
}
