using RecordHub.Core.Access;

namespace RecordHub.Core.Commitment;

/// <summary>A request for storage commitment as it is recorded before the sender hears that it was taken on.</summary>
public sealed record CommitmentOrder
{
    /// <summary>The site that asks; null when it is not a known one.</summary>
    public string? Site { get; init; }

    /// <summary>Whose door it came in by: what is committed is looked for among this tenant's items.</summary>
    public Tenant Tenant { get; init; }

    /// <summary>The AE title that asks.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>The AE title that was asked, by which we report.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The sender's name for the request.</summary>
    public required string TransactionUid { get; init; }

    /// <summary>What is to be committed.</summary>
    public required IReadOnlyList<InstanceReference> References { get; init; }

    /// <summary>The type only, as the list may be long.</summary>
    public override string ToString() => nameof(CommitmentOrder);
}
