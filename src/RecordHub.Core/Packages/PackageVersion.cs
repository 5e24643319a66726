using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Packages;

/// <summary>A sealed version of a case package.</summary>
public sealed record PackageVersion
{
    public required CaseNumber Case { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of the document Bundle's bytes, which is also the name of the blob that holds them.</summary>
    public required ContentHash Digest { get; init; }

    /// <summary>Length of the Bundle in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>When it was published. Not part of the digest.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who published it: a token's name.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Why it was published although something was missing; null when nothing was.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>What it holds, in ordinal order of <see cref="PackageEntry.Reference"/>.</summary>
    public required IReadOnlyList<PackageEntry> Entries { get; init; }
}
