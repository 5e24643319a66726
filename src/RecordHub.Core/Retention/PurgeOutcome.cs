namespace RecordHub.Core.Retention;

/// <summary>What became of a purge.</summary>
public abstract record PurgeOutcome
{
    private PurgeOutcome()
    {
    }

    /// <summary>It is done; the certificate's JSON, as it was sealed.</summary>
    public sealed record Done(string Certificate) : PurgeOutcome;

    /// <summary>There is no such case.</summary>
    public sealed record NotFound : PurgeOutcome;

    /// <summary>It was not begun; two sentences.</summary>
    public sealed record Refused(string Error, string Advice) : PurgeOutcome;
}
