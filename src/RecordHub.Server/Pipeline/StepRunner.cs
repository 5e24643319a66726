using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>Runs a step; one that fails is put off in the outbox, so that no failure is ever lost in a broker.</summary>
public sealed partial class StepRunner(
    IOutbox outbox, PipelineOptions options, TimeProvider time, ILogger<StepRunner> logger)
{
    /// <summary>Runs the step for the entry. Does not fail but when it is told to stop, or the outbox refuses a write.</summary>
    public async Task RunAsync(
        OutboxEntry entry, Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(step);
        long start = time.GetTimestamp();
        try
        {
            await step(cancellationToken).ConfigureAwait(false);
            Log.Done(logger, entry.Topic, entry.Key, time.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw; // Its lease ends, and it is done after the restart.
        }
#pragma warning disable CA1031 // the boundary of a consumer
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TimeSpan pause = exception is StorageAwayException
                ? options.FirstRetry
                : Backoff.After(entry.Attempts, options.FirstRetry, options.LongestRetry);

            // The type and the place, not the text: another's message may quote what it read.
            Log.Failed(
                logger, entry.Topic, entry.Key, entry.Attempts, pause.TotalSeconds, exception.GetType().Name,
                exception.StackTrace ?? string.Empty);
            await outbox.PostponeWhenBackAsync(entry, pause, exception, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Debug, "{Topic} {Key} done in {Milliseconds:F0} ms")]
        public static partial void Done(ILogger logger, OutboxTopic topic, string key, double milliseconds);

        [LoggerMessage(
            3002, LogLevel.Error, "{Topic} {Key} failed at attempt {Attempt}; again in {Seconds:F0} s: {Type}\n{Trace}")]
        public static partial void Failed(
            ILogger logger, OutboxTopic topic, string key, int attempt, double seconds, string type, string trace);
    }
}
