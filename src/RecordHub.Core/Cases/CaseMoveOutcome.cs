namespace RecordHub.Core.Cases;

/// <summary>What became of a move.</summary>
public abstract record CaseMoveOutcome
{
    private CaseMoveOutcome()
    {
    }

    /// <summary>It is in the state; false when somebody had moved it there before.</summary>
    public sealed record Done(CaseFile File, bool Changed) : CaseMoveOutcome;

    /// <summary>There is no such case.</summary>
    public sealed record NotFound : CaseMoveOutcome;

    /// <summary>It has changed since the caller looked at it.</summary>
    public sealed record Stale(int Revision) : CaseMoveOutcome;

    /// <summary>It was not moved; two sentences.</summary>
    public sealed record Refused(string Error, string Advice) : CaseMoveOutcome;
}
