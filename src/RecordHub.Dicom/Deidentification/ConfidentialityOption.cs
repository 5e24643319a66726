namespace RecordHub.Dicom.Deidentification;

/// <summary>The options of PS3.15 §E.3, in the order of the columns of Table E.1-1.</summary>
public enum ConfidentialityOption
{
    CleanDescriptors = 0,
    CleanStructuredContent,
    RetainLongitudinalTemporalFullDates,
    RetainLongitudinalTemporalModifiedDates,
    RetainUids,
    RetainPatientCharacteristics,
    RetainDeviceIdentity,
    RetainInstitutionIdentity,
    CleanGraphics,
    RetainSafePrivate,
}
