using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Deidentification;

/// <summary>A value that says nothing and is valid for its representation (PS3.5 §6.2), in plain ASCII for every character set.</summary>
internal static class DummyValue
{
    public const string Text = "ANONYMIZED";

    /// <summary>With a caret, as names of two components have it.</summary>
    public const string Name = "ANONYMIZED^ANONYMIZED";

    /// <summary>The dummy as text; null for representations that are not text.</summary>
    public static string? TextOf(DicomVr vr) => vr switch
    {
        DicomVr.AE or DicomVr.CS or DicomVr.LO or DicomVr.LT or DicomVr.SH or DicomVr.ST or DicomVr.UC
            or DicomVr.UT => Text,
        DicomVr.PN => Name,
        DicomVr.AS => "000Y",
        DicomVr.DA => "19000101",
        DicomVr.DT => "19000101000000",
        DicomVr.TM => "000000",
        DicomVr.DS or DicomVr.IS => "0",
        DicomVr.UI => "2.25.0",
        DicomVr.UR => "urn:anonymized",
        _ => null,
    };

    public static void AddTo(DicomDataSet target, DicomTag tag, DicomVr vr)
    {
        if (TextOf(vr) is { } text)
        {
            target.AddText(tag, vr, text);
        }
        else
        {
            target.Add(tag, vr, new byte[Math.Max(2, vr.UnitSize())]);
        }
    }
}
