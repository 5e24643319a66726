namespace RecordHub.Core.Retention;

/// <summary>What is left of a purged case: says what was removed, by whom and how, and names no patient.</summary>
public sealed record PurgeCertificate
{
    /// <summary>The kind of document.</summary>
    public string Document { get; init; } = "recordhub-purge-certificate/1";

    /// <summary>The case.</summary>
    public required long Case { get; init; }

    /// <summary>Whose case it was.</summary>
    public required string Tenant { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>By whom.</summary>
    public required string By { get; init; }

    /// <summary>When it was asked for: from then on nothing was filed to the case.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When nothing was left.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>How content was removed, and what that leaves to the operator.</summary>
    public required string Method { get; init; }

    /// <summary>How many rows of each kind were removed.</summary>
    public required IReadOnlyDictionary<string, long> Removed { get; init; }

    /// <summary>Every blob of the case, by digest.</summary>
    public required IReadOnlyList<PurgedBlob> Blobs { get; init; }

    /// <summary>What was looked at afterwards.</summary>
    public required IReadOnlyList<PurgeCheck> Verification { get; init; }

    /// <summary>The number and digest of the last entry of the operators' journal before this certificate, which the next one chains to.</summary>
    public required string Journal { get; init; }

    /// <summary>Whether every check found nothing.</summary>
    public bool IsClean => Verification.All(check => check.Ok);
}
