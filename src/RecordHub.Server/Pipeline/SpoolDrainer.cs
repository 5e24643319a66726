using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Storage;

namespace RecordHub.Server.Pipeline;

/// <summary>Puts up the blobs that waited in this process's spool while the object store was away.</summary>
internal sealed partial class SpoolDrainer(RecordHubStorage storage, TimeProvider time, ILogger<SpoolDrainer> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, time);
        try
        {
            do
            {
                await DrainAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What waits is put up after the next start.
        }
    }

    private async Task DrainAsync(CancellationToken stopping)
    {
        try
        {
            int moved = await storage.DrainAsync(stopping).ConfigureAwait(false);
            if (moved > 0)
            {
                Log.Drained(logger, moved, storage.WaitingBytes);
            }
        }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType().Name, exception.StackTrace ?? string.Empty);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Information, "{Count} blobs that waited went to the object store; {Bytes} bytes still wait")]
        public static partial void Drained(ILogger logger, int count, long bytes);

        [LoggerMessage(3021, LogLevel.Error, "The spool could not be drained, trying again: {Type}\n{Trace}")]
        public static partial void Failed(ILogger logger, string type, string trace);
    }
}
