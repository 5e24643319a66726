using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>
/// Whether so much waits to be filed that doors ask senders to come later. Counted now and then, so that asking costs
/// nothing; what comes in between two looks is taken.
/// </summary>
public sealed partial class Backlog(
    IOutbox outbox, PipelineOptions options, TimeProvider time, ILogger<Backlog> logger) : BackgroundService
{
    /// <summary>What a sender is told to wait.</summary>
    public const int RetryAfterSeconds = 30;

    private long _waiting;
    private volatile bool _full;

    /// <summary>Whether nothing more is taken now.</summary>
    public bool IsFull => _full;

    /// <summary>How much waited at the last look; no more is counted than the limit.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Full at the limit, and open again when a quarter of it is free, so that doors do not flutter. Pure.</summary>
    internal static bool IsFullAfter(bool full, long waiting, long limit) =>
        full ? waiting > limit - Math.Max(1, limit / 4) : waiting >= limit;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.BacklogInterval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (StorageDamagedException)
        {
            // It does not come back, and StoreWatch has said what to do.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            long waiting = await outbox.CountAsync(options.MaxWaiting, stopping).ConfigureAwait(false);
            Interlocked.Exchange(ref _waiting, waiting);
            bool full = IsFullAfter(_full, waiting, options.MaxWaiting);
            if (full != _full)
            {
                _full = full;
                Log.Changed(logger, full ? "ask senders to come later" : "take again", waiting, options.MaxWaiting);
            }
        }
#pragma warning disable CA1031 // the boundary of a background service; doors notice by themselves that the database is away
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageDamagedException))
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3040, LogLevel.Warning, "The doors {What}: {Waiting} entries wait, and Pipeline:MaxWaiting is {Limit}")]
        public static partial void Changed(ILogger logger, string what, long waiting, long limit);

        [LoggerMessage(3041, LogLevel.Warning, "How much waits could not be counted: {Type}")]
        public static partial void Failed(ILogger logger, string type);
    }
}
