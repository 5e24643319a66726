namespace RecordHub.Core.Commitment;

/// <summary>What is to be reported.</summary>
public sealed record CommitmentVerdict(
    IReadOnlyList<InstanceReference> Committed, IReadOnlyList<(InstanceReference Reference, CommitmentFailure Reason)> Failed)
{
    /// <summary>The type only, as the lists may be long.</summary>
    public override string ToString() => nameof(CommitmentVerdict);
}
