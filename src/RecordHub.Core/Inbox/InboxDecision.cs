using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>A person's decision on a record. The latest one on a record counts; all are kept.</summary>
public sealed record InboxDecision
{
    /// <summary>The record.</summary>
    public required RecordId Record { get; init; }

    /// <summary>The revision of its item's row that the person saw.</summary>
    public required int ExpectedRevision { get; init; }

    /// <summary>What was decided.</summary>
    public required InboxVerdict Verdict { get; init; }

    /// <summary>The case, when assigned.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>Why; required for a rejection.</summary>
    public string? Reason { get; init; }

    /// <summary>Who decided: a token's name.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
