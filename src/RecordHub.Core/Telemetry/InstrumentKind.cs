namespace RecordHub.Core.Telemetry;

/// <summary>How an instrument counts.</summary>
public enum InstrumentKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>How long things took, in buckets.</summary>
    Histogram,

    /// <summary>How much there is now.</summary>
    Gauge,
}
