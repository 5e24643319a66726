using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RecordHub.Core.Telemetry;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Telemetry;

/// <summary>Registers who listens to measurements and spans: nobody, unless they can be read or are sent somewhere.</summary>
internal static class TelemetryServices
{
    private const string Service = "recordhub";

    // The runtime's own, and of requests their method, route, status and duration: no path, no query.
    private static readonly string[] s_meters = [HubInstruments.Meter, "System.Runtime", "Microsoft.AspNetCore.Hosting"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, RecordHubOptions options)
    {
        bool asked = options.Roles.HasFlag(ServerRoles.Api);
        TelemetryOptions telemetry = options.Telemetry;
        if (!asked && telemetry.Endpoint is null)
        {
            return services;
        }

        services.AddSingleton(telemetry);
        services.AddSingleton<QueueGauges>();
        services.AddSingleton<StoreGauges>();
        OpenTelemetryBuilder builder = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: Product.Version));
        builder.WithMetrics(metrics =>
        {
            metrics.AddMeter(s_meters)
                .AddInstrumentation(static provider => provider.GetRequiredService<QueueGauges>())
                .AddInstrumentation(static provider => provider.GetRequiredService<StoreGauges>());
            if (asked)
            {
                metrics.AddPrometheusExporter(static prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
            }

            if (telemetry.Endpoint is { } endpoint)
            {
                metrics.AddOtlpExporter((otlp, reader) =>
                {
                    Send(otlp, telemetry, endpoint, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                        (int)telemetry.Interval.TotalMilliseconds;
                });
            }
        });
        if (telemetry.Endpoint is { } receiver)
        {
            // What a sender has not sampled is not; what begins here is, as often as was asked for.
            builder.WithTracing(tracing => tracing.AddSource(HubSources.Names)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(telemetry.TracePercent / 100.0)))
                .AddOtlpExporter(otlp => Send(otlp, telemetry, receiver, "v1/traces")));
            services.AddHostedService<MeasurementWatch>();
        }

        return services;
    }

    private static void Send(OtlpExporterOptions otlp, TelemetryOptions telemetry, Uri endpoint, string path)
    {
        otlp.Protocol = telemetry.OverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = telemetry.OverHttp ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : endpoint;
        otlp.Headers = telemetry.Headers;
    }
}
