namespace RecordHub.Dicom.Network;

/// <summary>What happened on one accepted connection, once it is over.</summary>
/// <param name="Request">What was asked for; null when the connection never got so far.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Reason">The abort reason, when it was aborted.</param>
/// <param name="Rejection">The refusal, when it was refused.</param>
/// <param name="Stored">C-STORE requests answered with success or a warning.</param>
/// <param name="Failed">C-STORE requests answered with a failure.</param>
public sealed record AssociationSummary(
    AssociationRequest? Request,
    AssociationEnding Ending,
    AbortReason Reason,
    AssociationRejection? Rejection,
    int Stored,
    int Failed)
{
    /// <summary>The proposed contexts that were not taken: what the peer has in them, it cannot send.</summary>
    public IReadOnlyList<RefusedContext> RefusedContexts { get; init; } = [];
}
