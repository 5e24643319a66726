using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Deidentification;

/// <summary>Where the images of a kind of device have text. What is null fits everything.</summary>
public sealed record BlankingRule
{
    public string? Modality { get; init; }

    public string? Manufacturer { get; init; }

    public string? Model { get; init; }

    public int? Rows { get; init; }

    public int? Columns { get; init; }

    /// <summary>What is blanked; none, and nothing outside of declared regions: such images are known to have no text.</summary>
    public IReadOnlyList<PixelRegion> Regions { get; init; } = [];

    /// <summary>Blanks what is outside all regions that an ultrasound image declares (0018,6011).</summary>
    public bool OutsideDeclaredRegions { get; init; }

    /// <summary>Whether it is about this image; upper and lower case are the same.</summary>
    public bool Fits(DicomDataSet image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Is(Modality, image.GetString(DicomTags.Modality))
            && Is(Manufacturer, image.GetString(DicomTags.Manufacturer))
            && Is(Model, image.GetString(DicomTags.ManufacturerModelName))
            && (Rows is null || Rows == image.GetInt32(DicomTags.Rows))
            && (Columns is null || Columns == image.GetInt32(DicomTags.Columns));
    }

    private static bool Is(string? expected, string? value) =>
        expected is null || string.Equals(expected.Trim(), value?.Trim(), StringComparison.OrdinalIgnoreCase);
}
