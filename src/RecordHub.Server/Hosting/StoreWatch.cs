using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Storage;

namespace RecordHub.Server.Hosting;

/// <summary>Says in the log that the database was found damaged, and again at intervals: it does not come back by itself.</summary>
internal sealed partial class StoreWatch(RecordHubStorage storage, TimeProvider time, ILogger<StoreWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await storage.Damaged.WaitAsync(stoppingToken).ConfigureAwait(false);
            using PeriodicTimer timer = new(s_again, time);
            do
            {
                Log.Damaged(logger, StorageDamagedException.Advice);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops, as it should.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4012, LogLevel.Critical, "{Advice} Until then nothing is taken in, answered or filed")]
        public static partial void Damaged(ILogger logger, string advice);
    }
}
