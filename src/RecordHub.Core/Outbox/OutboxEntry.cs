namespace RecordHub.Core.Outbox;

/// <summary>
/// One thing to be done, unique on (topic, key). Asking for it again while it waits raises its generation; it is done
/// when a step completes the generation that it read.
/// </summary>
public sealed record OutboxEntry(OutboxTopic Topic, string Key, long Generation, int Attempts);
