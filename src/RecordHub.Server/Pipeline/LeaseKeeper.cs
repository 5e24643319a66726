using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>
/// Keeps the leases of what this process has on its way or works on, so that short ones do: what a dead process had is
/// soon handed out again. At a stop it lets steps finish, and gives back what did not.
/// </summary>
public sealed partial class LeaseKeeper(
    IOutbox outbox, RunningSteps running, PipelineOptions options, TimeProvider time, ILogger<LeaseKeeper> logger)
    : BackgroundService
{
    private const int RenewalsInALease = 3;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await running.DrainAsync(options.StopGrace, time, cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (options.BrokerUri is null)
        {
            // What is in memory ends with the process; a broker's messages go on to other workers.
            await TryAsync(() => outbox.HandBackAsync(running.Owner, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Lease / RenewalsInALease, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await TryAsync(() => outbox.RenewAsync(
                    running.Owner, running.Entries, options.Lease, options.LongestWay, stoppingToken)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the boundary of a background service: leases that are not kept are only handed out again
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Warning, "Leases could not be kept, and what they are for may be done twice: {Type}")]
        public static partial void Failed(ILogger logger, string type);
    }
}
