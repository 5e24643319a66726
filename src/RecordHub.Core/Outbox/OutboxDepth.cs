namespace RecordHub.Core.Outbox;

/// <summary>The outbox at a moment.</summary>
/// <param name="Waiting">Entries that wait or are being worked on.</param>
/// <param name="Failing">Entries whose last attempt failed, those that were given up included.</param>
/// <param name="OldestSince">Since when the oldest of those that wait has been due or failing; null when nothing waits.</param>
public readonly record struct OutboxDepth(long Waiting, long Failing, DateTimeOffset? OldestSince);
