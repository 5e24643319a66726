namespace RecordHub.Dicom.Deidentification;

/// <summary>UIDs that the standard gives out, which say nothing of an instance and are never mapped.</summary>
internal static class WellKnown
{
    public static bool IsUid(string value) => value.StartsWith("1.2.840.10008.", StringComparison.Ordinal);
}
