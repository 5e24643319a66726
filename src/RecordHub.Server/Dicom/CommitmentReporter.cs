using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Dicom;

/// <summary>
/// Checks what senders want committed and tells them, until each has confirmed or the time for it is over. It runs where
/// the DICOM door does: there the sender's association may still be open.
/// </summary>
public sealed partial class CommitmentReporter(
    ICommitmentStore store, CommitmentStep step, CommitmentDelivery delivery, CommitmentOptions options,
    RecordHubOptions hub, TimeProvider time, ILogger<CommitmentReporter> logger) : BackgroundService
{
    private static readonly TimeSpan s_failurePause = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.AtATime).Select(worker => WorkAsync(worker, stoppingToken)));

    private async Task WorkAsync(int worker, CancellationToken stopping)
    {
        // Where several processes share a database, what one has leased is not for another to release.
        bool released = worker > 0 || hub.BrokerUri is not null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!released)
                {
                    await store.ReleaseAllAsync(stopping).ConfigureAwait(false);
                    await store.ForgetAsync(time.GetUtcNow() - options.Horizon, stopping).ConfigureAwait(false);
                    released = true;
                }

                IReadOnlyList<CommitmentJob> taken = await store.TakeAsync(1, options.Lease, stopping).ConfigureAwait(false);
                if (taken is [var job])
                {
                    await RunAsync(job, stopping).ConfigureAwait(false);
                }
                else
                {
                    await store.WaitAsync(options.PollInterval, stopping).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (StorageDamagedException)
            {
                // It does not come back, and StoreWatch has said what to do; the next start goes on.
                return;
            }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.Failed(logger, exception.GetType().Name, exception.StackTrace ?? string.Empty);
                await PauseAsync(stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(CommitmentJob job, CancellationToken stopping)
    {
        string? failure;
        try
        {
            failure = await ReportAsync(job, stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the boundary of one job: it is put off, and the others go on
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.JobFailed(logger, job.Id, exception.GetType().Name, exception.StackTrace ?? string.Empty);
            failure = $"The instances could not be checked ({exception.GetType().Name}); see the log";
        }

        DateTimeOffset now = time.GetUtcNow();
        if (failure is null)
        {
            await store.CloseAsync(job, CommitmentState.Reported, "Confirmed by the sender", stopping).ConfigureAwait(false);
        }
        else if (now - job.RequestedAt >= options.Horizon)
        {
            await store.CloseAsync(job, CommitmentState.Abandoned, failure, stopping).ConfigureAwait(false);
            Log.Abandoned(logger, job.Id, job.Order.CallingAeTitle, job.Attempts, failure);
        }
        else
        {
            TimeSpan pause = Backoff.After(job.Attempts, options.FirstRetry, options.LongestRetry);
            await store.PostponeAsync(job, now + pause, failure, stopping).ConfigureAwait(false);
            Log.Postponed(logger, job.Id, job.Order.CallingAeTitle, job.Attempts, pause.TotalSeconds, failure);
        }
    }

    /// <summary>Null when the sender has confirmed the report, or else why it has not.</summary>
    private async Task<string?> ReportAsync(CommitmentJob job, CancellationToken stopping)
    {
        // Reading everything again for a sender that is away would be in vain, every time anew.
        if (job.Attempts > 1 && await delivery.ProbeAsync(job.Order, stopping).ConfigureAwait(false) is { } away)
        {
            return away;
        }

        CommitmentVerdict verdict = await step.RunAsync(job, stopping).ConfigureAwait(false);
        Log.Checked(logger, job.Id, verdict.Committed.Count, verdict.Failed.Count);
        CommitmentReport report = new(
            Uid.Parse(job.Order.TransactionUid),
            [.. verdict.Committed.Select(Reference)],
            [.. verdict.Failed.Select(failed => (Reference(failed.Reference), (ushort)failed.Reason))]);
        return await delivery.ReportAsync(job.Order, StorageCommitment.ToEvent(report, hub.AeTitle), stopping)
            .ConfigureAwait(false);
    }

    private static SopReference Reference(InstanceReference reference) =>
        new(Uid.Parse(reference.SopClassUid), Uid.Parse(reference.SopInstanceUid));

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(s_failurePause, time, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop ends.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1032, LogLevel.Error, "Requests for storage commitment could not be read or written, trying again: {Type}\n{Trace}")]
        public static partial void Failed(ILogger logger, string type, string trace);

        [LoggerMessage(1033, LogLevel.Error, "Storage commitment {Job} could not be checked: {Type}\n{Trace}")]
        public static partial void JobFailed(ILogger logger, long job, string type, string trace);

        [LoggerMessage(1034, LogLevel.Information, "Storage commitment {Job}: {Committed} instances are safe, {Failed} are not")]
        public static partial void Checked(ILogger logger, long job, int committed, int failed);

        [LoggerMessage(1035, LogLevel.Warning, "Storage commitment {Job}: {Calling} has not confirmed attempt {Attempt}, again in {Seconds:F0} s: {Detail}")]
        public static partial void Postponed(
            ILogger logger, long job, string calling, int attempt, double seconds, string detail);

        [LoggerMessage(1036, LogLevel.Error, "Storage commitment {Job}: {Calling} has not confirmed any of {Attempts} attempts and is told no more: {Detail}. 'recordhub dicom commitments' lists it; the sender may ask again")]
        public static partial void Abandoned(ILogger logger, long job, string calling, int attempts, string detail);
    }
}
