using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>How many days a case is kept in its last state; null keeps it for ever.</summary>
public sealed record RetentionRules
{
    /// <summary>Since it was delivered and nobody said that it was read.</summary>
    public int? DaysDelivered { get; init; }

    /// <summary>Since the opinion was read.</summary>
    public int? DaysAcknowledged { get; init; }

    /// <summary>Since it was declined.</summary>
    public int? DaysDeclined { get; init; }

    /// <summary>Since it was cancelled.</summary>
    public int? DaysCancelled { get; init; }

    /// <summary>Whether what is due is purged by itself; else it is only listed.</summary>
    public bool Purge { get; init; }

    /// <summary>The states that have a limit, each with the last moment of entering it that is due.</summary>
    public IReadOnlyList<(string Status, DateTimeOffset EnteredBefore)> Limits(DateTimeOffset now) =>
        [.. Rules.Where(rule => rule.Days is not null).Select(rule => (rule.Status, now.AddDays(-(rule.Days ?? 0))))];

    /// <summary>When a case that has been in a state since then is due; null when that has no limit.</summary>
    public DateTimeOffset? DueAt(string status, DateTimeOffset since) =>
        Rules.FirstOrDefault(rule => rule.Status == status).Days is { } days ? since.AddDays(days) : null;

    private (string Status, int? Days)[] Rules =>
    [
        (CaseStatus.Delivered, DaysDelivered), (CaseStatus.Acknowledged, DaysAcknowledged),
        (CaseStatus.Declined, DaysDeclined), (CaseStatus.Cancelled, DaysCancelled),
    ];
}
