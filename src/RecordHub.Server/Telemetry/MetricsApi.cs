using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Server.Security;

namespace RecordHub.Server.Telemetry;

/// <summary>All measurements in the text format of Prometheus.</summary>
internal static class MetricsApi
{
    private const string Path = "/metrics";

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        QueueGauges gauges = routes.ServiceProvider.GetRequiredService<QueueGauges>();
        routes.MapPrometheusScrapingEndpoint(
            Path, meterProvider: null,
            branch => branch.Use(async (context, next) =>
            {
                await gauges.LookAsync(context.RequestAborted);
                await next(context);
            }),
            optionsName: null).Needs(Permission.Operate);
    }
}
