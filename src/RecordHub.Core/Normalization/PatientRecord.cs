using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization;

/// <summary>One patient's share of an item, as facts, before anybody has decided whose it is.</summary>
public sealed record PatientRecord
{
    /// <summary>1 for the first.</summary>
    public required int Part { get; init; }

    /// <summary>What it is, in words without a patient's name: "CT image", "Discharge summary".</summary>
    public required string Title { get; init; }

    /// <summary>Whose it says it is.</summary>
    public required PatientClaim Claim { get; init; }

    /// <summary>That identifiers in the claim are one patient's: it is this statement and nothing else. Null mostly.</summary>
    public IdentityMerge? Merge { get; init; }

    /// <summary>The DICOM instance; null when it is none.</summary>
    public InstanceFacts? Instance { get; init; }

    /// <summary>FHIR resources with placeholders for the patient and for each other.</summary>
    public IReadOnlyList<ResourceDraft> Resources { get; init; } = [];

    /// <summary>Byte ranges and derived bytes to be served as Binary.</summary>
    public IReadOnlyList<BinaryDraft> Binaries { get; init; } = [];

    /// <summary>Tolerances and losses, a named line each, such as <c>truncated at byte 8192</c>; no patient data.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// What of it could not be read, a sentence each, for whoever reads it in a package: the same through any door, and no
    /// patient data.
    /// </summary>
    public IReadOnlyList<string> Losses { get; init; } = [];

    /// <summary>What of the item was lost before it came here, for whoever sent it; null when it is whole.</summary>
    public string? Incomplete { get; init; }

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(PatientRecord);
}
