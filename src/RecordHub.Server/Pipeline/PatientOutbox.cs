using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>Writes to the outbox even when it is away just now: an entry that was not put off stays leased for long.</summary>
internal static class PatientOutbox
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Puts an entry off after a failure, as soon as the outbox answers.</summary>
    internal static async Task PostponeWhenBackAsync(
        this IOutbox outbox, OutboxEntry entry, TimeSpan pause, Exception failure, TimeProvider time,
        CancellationToken cancellationToken)
    {
        // A store that is away is not the entry's fault, so it does not count as an attempt.
        OutboxEntry counted = failure is StorageAwayException ? entry with { Attempts = entry.Attempts - 1 } : entry;
        while (true)
        {
            try
            {
                await outbox.PostponeAsync(
                    counted, time.GetUtcNow() + pause, failure.GetType().Name, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (StorageAwayException)
            {
                await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
