using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>What follows a failure.</summary>
/// <param name="Entry">The entry with the counts that it has now.</param>
/// <param name="Pause">How long until it is tried again; null when it is given up.</param>
internal readonly record struct NextAttempt(OutboxEntry Entry, TimeSpan? Pause)
{
    /// <summary>
    /// An engine that is away lengthens the pause and counts for nothing else. A study is never given up: its instances are
    /// filed, and nothing could be held in its place.
    /// </summary>
    internal static NextAttempt After(FailureClass failure, OutboxEntry entry, PipelineOptions options)
    {
        switch (failure)
        {
            case FailureClass.Conflict:
                return new NextAttempt(entry, TimeSpan.Zero);
            case FailureClass.Transient:
                OutboxEntry put = entry with { Setbacks = entry.Setbacks + 1 };
                return new NextAttempt(put, Backoff.After(put.Setbacks, options.FirstRetry, options.LongestWaitForEngine));
            default:
                OutboxEntry failed = entry with { Attempts = entry.Attempts + 1 };
                bool over = failed is { Topic: OutboxTopic.Item } && failed.Attempts >= options.MaxAttempts;
                return new NextAttempt(
                    failed, over ? null : Backoff.After(failed.Attempts, options.FirstRetry, options.LongestRetry));
        }
    }
}
