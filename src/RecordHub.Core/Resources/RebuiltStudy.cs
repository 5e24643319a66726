namespace RecordHub.Core.Resources;

/// <summary>The resources that speak for a whole study. Study and Provenance are null when it has no instance left.</summary>
/// <param name="ImagingStudy">What is in it.</param>
/// <param name="Provenance">Who brought it, when, and through which door.</param>
/// <param name="Endpoint">Where its images are; null when the case is gone.</param>
public sealed record RebuiltStudy(StoredResource? ImagingStudy, StoredResource? Provenance, StoredResource? Endpoint)
{
    /// <summary>How many instances it was built of.</summary>
    public int Instances { get; init; }
}
