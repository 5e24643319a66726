using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>A version of a resource as it is kept. <see cref="Json"/> is without <c>meta.versionId</c> and <c>meta.lastUpdated</c>.</summary>
public sealed record ResourceVersion
{
    public required string Type { get; init; }
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset LastUpdated { get; init; }

    /// <summary>Whether this version says that the resource is gone; <see cref="Json"/> is then empty.</summary>
    public required bool Deleted { get; init; }
    public CaseNumber Case { get; init; }
    public string? PatientId { get; init; }
    public string? RecordId { get; init; }
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The type only: the content names a patient.</summary>
    public override string ToString() => nameof(ResourceVersion);
}
