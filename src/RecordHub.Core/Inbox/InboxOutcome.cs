namespace RecordHub.Core.Inbox;

/// <summary>What became of a person's decision.</summary>
public abstract record InboxOutcome
{
    private InboxOutcome()
    {
    }

    /// <summary>It was taken: the record as it is now, and how many others of the same study went with it.</summary>
    public sealed record Done(HeldRecord Record, int Others) : InboxOutcome;

    /// <summary>There is no such record.</summary>
    public sealed record NotFound(string Error, string Advice) : InboxOutcome;

    /// <summary>Nothing was changed: why, and what to do.</summary>
    public sealed record Refused(string Error, string Advice) : InboxOutcome;
}
