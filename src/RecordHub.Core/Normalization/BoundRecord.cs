using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>A record bound to its case: what is to be saved.</summary>
public sealed record BoundRecord
{
    /// <summary>The FHIR resources, a Provenance of them included.</summary>
    public required IReadOnlyList<StoredResource> Resources { get; init; }

    /// <summary>The byte ranges served as Binary.</summary>
    public required IReadOnlyList<StoredBinary> Binaries { get; init; }

    /// <summary>Blobs to be written before the rows are saved.</summary>
    public required IReadOnlyList<DerivedBlob> Blobs { get; init; }

    /// <summary>The DICOM instance; null when it is none.</summary>
    public StoredInstance? Instance { get; init; }

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(BoundRecord);
}
