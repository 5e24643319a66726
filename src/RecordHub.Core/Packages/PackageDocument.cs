using RecordHub.Core.Intake;

namespace RecordHub.Core.Packages;

/// <summary>A package document as it would be sealed.</summary>
internal sealed record PackageDocument
{
    internal required int Version { get; init; }

    /// <summary>The document Bundle.</summary>
    internal required ReadOnlyMemory<byte> Bundle { get; init; }

    internal required ContentHash Digest { get; init; }

    /// <summary>The Composition as it stands on the server, with references that resolve there.</summary>
    internal required ReadOnlyMemory<byte> Composition { get; init; }

    internal required string CompositionId { get; init; }

    internal required IReadOnlyList<PackageEntry> Entries { get; init; }

    public override string ToString() => nameof(PackageDocument);
}
