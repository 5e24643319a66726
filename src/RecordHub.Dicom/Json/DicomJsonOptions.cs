namespace RecordHub.Dicom.Json;

/// <summary>How bulk data is written.</summary>
public sealed record DicomJsonOptions
{
    public static DicomJsonOptions Default { get; } = new();

    /// <summary>
    /// Gives the BulkDataURI for a path such as <c>7FE00010</c> or <c>00880200/1/7FE00010</c> (sequence, item from 1,
    /// element); null leaves the value out.
    /// </summary>
    public Func<string, string?>? BulkDataUri { get; init; }

    /// <summary>Opaque values above this length become a BulkDataURI, if <see cref="BulkDataUri"/> is there.</summary>
    public int InlineLimit { get; init; } = 1024;

    /// <summary>IS and DS as they are written instead of as numbers.</summary>
    public bool DecimalsAsText { get; init; }
}
