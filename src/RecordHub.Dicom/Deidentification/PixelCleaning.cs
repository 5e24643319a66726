using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// Where pixels are blanked. Nobody looks at them here: that nothing identifying is elsewhere, the caller vouches for.
/// </summary>
public sealed record PixelCleaning
{
    /// <summary>Blanked in every image.</summary>
    public IReadOnlyList<PixelRegion> Regions { get; init; } = [];

    /// <summary>Blanks what is outside all regions that an ultrasound image declares (0018,6011).</summary>
    public bool OutsideDeclaredRegions { get; init; }

    /// <summary>The first that fits an image says what else is blanked in it.</summary>
    public IReadOnlyList<BlankingRule> Rules { get; init; } = [];
}
