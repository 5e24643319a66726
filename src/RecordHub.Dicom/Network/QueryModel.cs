namespace RecordHub.Dicom.Network;

/// <summary>The information models of query and retrieve (PS3.4 §C.6).</summary>
public enum QueryModel
{
    PatientRoot,
    StudyRoot,
}
