using RecordHub.Core.Intake;

namespace RecordHub.Server.Pipeline;

/// <summary>Writes to the outbox even when it is away just now: an entry that was not put off stays leased for long.</summary>
internal static class PatientWrite
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Writes as soon as the database answers; a damaged one is not waited for.</summary>
    internal static async Task RunAsync(Func<Task> write, TimeProvider time, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await write().ConfigureAwait(false);
                return;
            }
            catch (Exception away) when (away is not StorageDamagedException && !stopping.IsCancellationRequested
                && FailureClassifier.Of(away) == FailureClass.Transient)
            {
                await Task.Delay(s_pause, time, stopping).ConfigureAwait(false);
            }
        }
    }
}
