using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>The codes that say which profile and options were applied (PS3.16 CID 7050).</summary>
internal static class DeidentificationCode
{
    private static readonly (string Value, string Meaning)[] s_options =
    [
        ("113105", "Clean Descriptors Option"),
        ("113104", "Clean Structured Content Option"),
        ("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
        ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
        ("113110", "Retain UIDs Option"),
        ("113108", "Retain Patient Characteristics Option"),
        ("113109", "Retain Device Identity Option"),
        ("113112", "Retain Institution Identity Option"),
        ("113103", "Clean Graphics Option"),
        ("113111", "Retain Safe Private Option"),
        ("113101", "Clean Pixel Data Option"),
    ];

    public static DicomDataSet Basic => Item("113100", "Basic Application Confidentiality Profile");

    public static DicomDataSet Of(ConfidentialityOption option) => Item(s_options[(int)option].Value, s_options[(int)option].Meaning);

    private static DicomDataSet Item(string value, string meaning) => new DicomDataSet()
        .Add(DicomTags.CodeValue, value)
        .Add(DicomTags.CodingSchemeDesignator, "DCM")
        .Add(DicomTags.CodeMeaning, meaning);
}
