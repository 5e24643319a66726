namespace RecordHub.Core.Retention;

/// <summary>What became of the wish to purge a case.</summary>
public abstract record PurgeStart
{
    private PurgeStart()
    {
    }

    /// <summary>It is under way, or was done before: nothing more is filed to the case.</summary>
    public sealed record Begun : PurgeStart;

    /// <summary>There is no such case.</summary>
    public sealed record NotFound : PurgeStart;

    /// <summary>The case is under legal hold.</summary>
    public sealed record OnHold(CaseHold Hold) : PurgeStart;

    /// <summary>Records that may be the case's are held in the inbox: a person decides about them first.</summary>
    public sealed record Undecided(int Records) : PurgeStart;
}
