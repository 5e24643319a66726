namespace RecordHub.Dicom.Deidentification;

/// <summary>The options of PS3.15 §E.3, in the order of the columns of Table E.1-1; after those what is no column of it.</summary>
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

    /// <summary>Pixels are blanked where the caller says that there may be text.</summary>
    CleanPixelData,
}
