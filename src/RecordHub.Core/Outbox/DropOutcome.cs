namespace RecordHub.Core.Outbox;

/// <summary>What became of the wish to drop a failed entry.</summary>
public abstract record DropOutcome
{
    private DropOutcome()
    {
    }

    /// <summary>Its item is rejected, with the reason.</summary>
    public sealed record Done : DropOutcome;

    /// <summary>Nothing of this name fails.</summary>
    public sealed record NotFound : DropOutcome;

    /// <summary>It cannot be dropped; two sentences.</summary>
    public sealed record Refused(string Error, string Advice) : DropOutcome;
}
