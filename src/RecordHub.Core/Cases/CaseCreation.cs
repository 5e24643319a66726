namespace RecordHub.Core.Cases;

/// <summary>What became of the wish to open a case.</summary>
public abstract record CaseCreation
{
    private CaseCreation()
    {
    }

    /// <summary>It is open.</summary>
    public sealed record Created(CaseFile File) : CaseCreation;

    /// <summary>It was not opened: what is wrong, and what to do about it.</summary>
    public sealed record Refused(string Error, string Advice) : CaseCreation;
}
