namespace RecordHub.Core.Retention;

/// <summary>What became of the wish to hold or release a case.</summary>
public abstract record HoldOutcome
{
    private HoldOutcome()
    {
    }

    /// <summary>It is done; null when the case is released.</summary>
    public sealed record Done(CaseHold? Hold) : HoldOutcome;

    /// <summary>There is no such case.</summary>
    public sealed record NotFound : HoldOutcome;

    /// <summary>It was not done; two sentences.</summary>
    public sealed record Refused(string Error, string Advice) : HoldOutcome;
}
