using System.Text.RegularExpressions;
using RecordHub.Server.Telemetry;

namespace RecordHub.Server.Hosting;

/// <summary>Which key is which option of telemetry. Pure.</summary>
internal static partial class TelemetryReader
{
    private const string Grpc = "grpc";
    private const string Http = "http/protobuf";

    /// <summary>The variables of the OpenTelemetry specification that are read where our own key says nothing.</summary>
    public static IReadOnlyDictionary<string, string> StandardVariables { get; } = new Dictionary<string, string>
    {
        ["Telemetry:Otlp:Endpoint"] = "OTEL_EXPORTER_OTLP_ENDPOINT",
        ["Telemetry:Otlp:Protocol"] = "OTEL_EXPORTER_OTLP_PROTOCOL",
        ["Telemetry:Otlp:Headers"] = "OTEL_EXPORTER_OTLP_HEADERS",
    };

    public static TelemetryOptions Read(Settings settings)
    {
        TelemetryOptions otherwise = new();
        return new TelemetryOptions
        {
            Endpoint = OptionsReader.Scheme(
                settings, "Telemetry:Otlp:Endpoint",
                "the http(s)://HOST:PORT of a receiver of OTLP (also OTEL_EXPORTER_OTLP_ENDPOINT)", "http", "https"),
            OverHttp = settings.Matching(
                "Telemetry:Otlp:Protocol", $"{Grpc} or {Http}", static text => text is Grpc or Http) == Http,
            Headers = settings.Secret(
                "Telemetry:Otlp:Headers", "name=value pairs, separated by commas", Pairs().IsMatch, static _ => "…"),
            Interval = TimeSpan.FromSeconds(settings.Number(
                "Telemetry:Otlp:IntervalSeconds", (int)otherwise.Interval.TotalSeconds, 1, 3600)),
            TracePercent = settings.Number("Telemetry:TracePercent", otherwise.TracePercent, 0, 100),
        };
    }

    [GeneratedRegex(@"^[^=,\s]+=[^,]*(,[^=,\s]+=[^,]*)*$")]
    private static partial Regex Pairs();
}
