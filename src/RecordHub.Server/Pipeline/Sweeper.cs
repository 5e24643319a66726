using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Outbox;
using RecordHub.Storage;

namespace RecordHub.Server.Pipeline;

/// <summary>Removes blobs that nothing names any more: one of the workers does it for all.</summary>
public sealed partial class Sweeper(
    RecordHubStorage storage, ILeases leases, RunningSteps running, TimeProvider time, ILogger<Sweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_look, time);
        DateTimeOffset next = default;
        try
        {
            do
            {
                if (time.GetUtcNow() >= next && await SweepAsync(stoppingToken).ConfigureAwait(false))
                {
                    next = time.GetUtcNow() + s_interval;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start sweeps.
        }
    }

    // The lease lasts as long as the interval, so that it says when somebody swept last.
    private async Task<bool> SweepAsync(CancellationToken stopping)
    {
        try
        {
            if (!await leases.TryTakeAsync("sweep", running.Owner, s_interval, stopping).ConfigureAwait(false))
            {
                return false;
            }

            int removed = await storage.SweepAsync(stopping).ConfigureAwait(false);
            if (removed > 0)
            {
                Log.Swept(logger, removed);
            }

            return true;
        }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType().Name, exception.StackTrace ?? string.Empty);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3013, LogLevel.Information, "{Count} blobs that nothing names any more were removed")]
        public static partial void Swept(ILogger logger, int count);

        [LoggerMessage(3014, LogLevel.Error, "Blobs could not be swept, trying again: {Type}\n{Trace}")]
        public static partial void Failed(ILogger logger, string type, string trace);
    }
}
