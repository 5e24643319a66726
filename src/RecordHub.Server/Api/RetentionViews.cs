namespace RecordHub.Server.Api;

// Legal holds, what is due, and purges: one closed family.

/// <summary>A reason; to purge, the case number again.</summary>
public sealed record ReasonRequest(string? Reason, long? Confirm = null);

/// <summary>Whether a case is under legal hold.</summary>
public sealed record HoldView(long Case, bool Held, string? Reason, string? By, DateTimeOffset? Since);

/// <summary>What a case holds by kind; with a certificate, what is left of a purged one.</summary>
public sealed record PurgeView(long Case, IReadOnlyDictionary<string, long> Counts, string? Certificate);

/// <summary>A case that has been kept for long enough.</summary>
public sealed record DueCaseView(long Case, string Tenant, string Status, DateTimeOffset Since, string? HeldBecause);

/// <summary>What is due, and whether it is purged by itself.</summary>
public sealed record DueView(bool Purges, IReadOnlyList<DueCaseView> Cases);
