using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Query/Retrieve Level (0008,0052), and the unique key of each (PS3.4 §C.6.1.1, §C.6.2.1). Pure.</summary>
internal static class QueryLevels
{
    /// <summary>The level that is asked for.</summary>
    /// <exception cref="InstanceException">It is missing, unknown or not of this information model (A900).</exception>
    public static InstanceLevel Read(QueryRequest request)
    {
        string? text = request.Identifier.GetString(DicomTags.QueryRetrieveLevel)?.Trim().ToUpperInvariant();
        return (text, request.SopClass.Model) switch
        {
            ("PATIENT", QueryModel.PatientRoot) => InstanceLevel.Patient,
            ("STUDY", _) => InstanceLevel.Study,
            ("SERIES", _) => InstanceLevel.Series,
            ("IMAGE", _) => InstanceLevel.Instance,
            ("PATIENT", _) => throw Mismatch("The study root has no level PATIENT", DicomTags.QueryRetrieveLevel),
            (null, _) => throw Mismatch("Query/Retrieve Level is missing", DicomTags.QueryRetrieveLevel),
            _ => throw Mismatch("Query/Retrieve Level is none of the standard", DicomTags.QueryRetrieveLevel),
        };
    }

    public static string NameOf(InstanceLevel level) => level switch
    {
        InstanceLevel.Patient => "PATIENT",
        InstanceLevel.Study => "STUDY",
        InstanceLevel.Series => "SERIES",
        _ => "IMAGE",
    };

    public static DicomTag UniqueKeyOf(InstanceLevel level) => level switch
    {
        InstanceLevel.Patient => DicomTags.PatientID,
        InstanceLevel.Study => DicomTags.StudyInstanceUID,
        InstanceLevel.Series => DicomTags.SeriesInstanceUID,
        _ => DicomTags.SOPInstanceUID,
    };

    public static InstanceException Mismatch(string comment, DicomTag offending) =>
        new(DimseStatus.DataSetDoesNotMatchSopClass, comment, offending.Value);
}
