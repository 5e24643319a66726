using RecordHub.Core.Packages;

namespace RecordHub.Core.Inbox;

/// <summary>What became of a person's decision.</summary>
public abstract record InboxOutcome
{
    private InboxOutcome()
    {
    }

    /// <summary>
    /// It was taken: the record as it is now, how many others went with it, and which published versions hold what left a
    /// case by it; null when none does.
    /// </summary>
    public sealed record Done(HeldRecord Record, int Others, Withdrawal? Withdrawn = null) : InboxOutcome;

    /// <summary>There is no such record.</summary>
    public sealed record NotFound(string Error, string Advice) : InboxOutcome;

    /// <summary>Nothing was changed: why, and what to do.</summary>
    public sealed record Refused(string Error, string Advice) : InboxOutcome;
}
