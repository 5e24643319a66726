using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>One FHIR R4 resource as it is kept and served: UTF-8 JSON, never re-serialised.</summary>
public sealed record StoredResource
{
    /// <summary>The resource type.</summary>
    public required string Type { get; init; }

    /// <summary>The logical id.</summary>
    public required string Id { get; init; }

    /// <summary>The case whose compartment it is in; none for a Patient, which is seen from each of the patient's cases.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>Our Patient that it is about; null when it is about nobody.</summary>
    public string? PatientId { get; init; }

    /// <summary>The record that it was read from; null when we made it.</summary>
    public string? RecordId { get; init; }

    /// <summary>
    /// The resource without <c>meta.versionId</c> and <c>meta.lastUpdated</c>: the store adds these two when it serves,
    /// so that the same content saved again is the same bytes and makes no new version.
    /// </summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>What it can be found by.</summary>
    public required IReadOnlyList<IndexEntry> Index { get; init; }
}
