namespace RecordHub.Core.Links;

/// <summary>What became of a person's decision on a link.</summary>
public abstract record LinkOutcome
{
    private LinkOutcome()
    {
    }

    /// <summary>It was taken: the patient's links as they are now, and how many records were looked at again.</summary>
    public sealed record Done(IReadOnlyList<KnownLink> Links, int Records) : LinkOutcome;

    /// <summary>There is no such case.</summary>
    public sealed record NoCase : LinkOutcome;

    /// <summary>Nothing was changed: why, and what to do.</summary>
    public sealed record Refused(string Error, string Advice) : LinkOutcome;
}
