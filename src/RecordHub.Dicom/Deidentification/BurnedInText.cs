using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>Whether text in the pixels has to be expected.</summary>
internal static class BurnedInText
{
    private static readonly string[] s_modalities = ["US", "IVUS", "ES", "SC"];

    // Ultrasound and secondary capture with all their multi-frame and retired kinds.
    private static readonly string[] s_classes =
    [
        "1.2.840.10008.5.1.4.1.1.3", "1.2.840.10008.5.1.4.1.1.6", "1.2.840.10008.5.1.4.1.1.7",
    ];

    /// <summary>Whether the image says so (0028,0301).</summary>
    public static bool IsDeclared(DicomDataSet image) => image.GetString(DicomTags.BurnedInAnnotation) == "YES";

    /// <summary>Whether the image says so, or says nothing and is of a kind that often has some.</summary>
    public static bool IsLikely(DicomDataSet image) => IsDeclared(image)
        || (image.GetString(DicomTags.BurnedInAnnotation) != "NO"
            && (s_modalities.Contains(image.GetString(DicomTags.Modality))
                || s_classes.Any(root => IsBelow(image.GetString(DicomTags.SOPClassUID), root))));

    private static bool IsBelow(string? uid, string root) =>
        uid is not null && (uid == root || uid.StartsWith(root + ".", StringComparison.Ordinal));
}
