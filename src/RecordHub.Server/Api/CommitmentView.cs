namespace RecordHub.Server.Api;

/// <summary>A request for storage commitment whose sender has not confirmed the report.</summary>
/// <param name="State"><c>waiting</c>, or <c>abandoned</c>: the sender is told no more.</param>
/// <param name="Site">The site that asked; null when it is no known one.</param>
/// <param name="AeTitle">The AE title that asked.</param>
/// <param name="TransactionUid">The sender's name for the request.</param>
/// <param name="Instances">How many instances it names.</param>
/// <param name="RequestedAt">When it was last asked.</param>
/// <param name="At">When the sender is told next; of an abandoned one, when it was abandoned.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="Detail">What the last one came to.</param>
public sealed record CommitmentView(
    string State, string? Site, string AeTitle, string TransactionUid, int Instances, DateTimeOffset RequestedAt,
    DateTimeOffset At, int Attempts, string Detail);
