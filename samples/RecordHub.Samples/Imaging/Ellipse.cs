namespace RecordHub.Samples.Imaging;

/// <summary>A filled ellipse of a phantom, in units of half the image's width, its height along the body in slices.</summary>
internal readonly record struct Ellipse(double X, double Y, double A, double B, double Degrees, double From, double To, int Value)
{
    /// <summary>How far the ellipse reaches at this height, 0 to 1: it is an ellipsoid, closed at both ends.</summary>
    public double ScaleAt(double height)
    {
        double middle = (From + To) / 2;
        double reach = (To - From) / 2;
        double offset = (height - middle) / reach;
        return Math.Abs(offset) >= 1 ? 0 : Math.Sqrt(1 - (offset * offset));
    }
}
