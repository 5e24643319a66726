namespace RecordHub.Server.Api;

// Legal holds, what is due, and purges: one closed family.

/// <summary>A reason; to purge, the case number again.</summary>
public sealed record ReasonRequest(string? Reason, long? Confirm = null);

/// <summary>Whether a case is under legal hold.</summary>
public sealed record HoldView(long Case, bool Held, string? Reason, string? By, DateTimeOffset? Since);

/// <summary>A case after a move: whether this move changed it, and when the rules let it be purged.</summary>
public sealed record CaseMovedView(
    long Case, string Status, bool Changed, DateTimeOffset Since, int Revision, DateTimeOffset? PurgeDue);

/// <summary>What a look at the operators' journal shows.</summary>
/// <param name="Ok">Whether all is well.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Head">Number and digest of the last one.</param>
/// <param name="FirstBroken">The first entry that is not what was written; null when all are.</param>
/// <param name="Unknown">A head that was noted before and is not in the journal; null when all are.</param>
public sealed record JournalView(bool Ok, long Entries, string Head, long? FirstBroken, string? Unknown);

/// <summary>What a case holds by kind; with a certificate, what is left of a purged one.</summary>
public sealed record PurgeView(long Case, IReadOnlyDictionary<string, long> Counts, string? Certificate);

/// <summary>A case that has been kept for long enough.</summary>
public sealed record DueCaseView(long Case, string Tenant, string Status, DateTimeOffset Since, string? HeldBecause);

/// <summary>What is due, and whether it is purged by itself.</summary>
public sealed record DueView(bool Purges, IReadOnlyList<DueCaseView> Cases);
