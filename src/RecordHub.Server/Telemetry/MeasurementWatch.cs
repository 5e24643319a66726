using Microsoft.Extensions.Hosting;

namespace RecordHub.Server.Telemetry;

/// <summary>Looks at what waits now and then, where measurements are sent and nobody asks for them.</summary>
internal sealed class MeasurementWatch(QueueGauges gauges, TelemetryOptions options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Interval, time);
        try
        {
            do
            {
                await gauges.LookAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }
}
