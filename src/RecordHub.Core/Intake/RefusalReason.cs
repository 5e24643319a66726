namespace RecordHub.Core.Intake;

/// <summary>Why nothing was kept. A door turns it into its own protocol's words.</summary>
public enum RefusalReason
{
    /// <summary>No bytes.</summary>
    Empty,

    /// <summary>The bytes are nothing that we can read (DICOM C000, HTTP 415 or 422).</summary>
    NotUnderstood,

    /// <summary>The data set disagrees with the command that carried it (DICOM A900).</summary>
    DataSetDoesNotMatch,

    /// <summary>The disk or the database cannot take it now (DICOM A700, HTTP 507).</summary>
    OutOfResources,

    /// <summary>The database does not answer now (DICOM A700, HTTP 503).</summary>
    Unavailable,

    /// <summary>Over a configured limit (HTTP 413).</summary>
    TooLarge,
}
