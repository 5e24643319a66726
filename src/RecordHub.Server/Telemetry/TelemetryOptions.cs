namespace RecordHub.Server.Telemetry;

/// <summary>Where measurements and traces are sent; <c>/metrics</c> needs none of it.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The receiver of OTLP (<c>Telemetry:Otlp:Endpoint</c>); null sends nothing.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Whether it is spoken to by HTTP with protobuf, instead of gRPC (<c>Telemetry:Otlp:Protocol</c>).</summary>
    public bool OverHttp { get; init; }

    /// <summary>Headers for the receiver, which may hold its password (<c>Telemetry:Otlp:Headers</c>).</summary>
    public string? Headers { get; init; }

    /// <summary>How often measurements are sent (<c>Telemetry:Otlp:IntervalSeconds</c>).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many of a hundred traces that begin here are sent (<c>Telemetry:TracePercent</c>).</summary>
    public int TracePercent { get; init; } = 100;

    /// <summary>The type only: headers may hold a password.</summary>
    public override string ToString() => nameof(TelemetryOptions);
}
