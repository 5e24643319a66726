using System.Diagnostics.Metrics;

namespace RecordHub.Core.Telemetry;

/// <summary>Makes instruments of their definitions.</summary>
public static class HubMeters
{
    /// <summary>A counter.</summary>
    public static Counter<long> Counter(this Meter meter, InstrumentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(definition);
        return meter.CreateCounter<long>(definition.Name, definition.Unit, definition.Description);
    }

    /// <summary>A gauge that is moved up and down.</summary>
    public static UpDownCounter<long> UpDownCounter(this Meter meter, InstrumentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(definition);
        return meter.CreateUpDownCounter<long>(definition.Name, definition.Unit, definition.Description);
    }

    /// <summary>A gauge that is looked at; it may have nothing to say.</summary>
    public static void Gauge(
        this Meter meter, InstrumentDefinition definition, Func<IEnumerable<Measurement<double>>> observe)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(definition);
        meter.CreateObservableGauge(definition.Name, observe, definition.Unit, definition.Description);
    }

    /// <summary>A histogram with the buckets of its definition.</summary>
    public static Histogram<double> Histogram(this Meter meter, InstrumentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(definition);
        return meter.CreateHistogram(
            definition.Name, definition.Unit, definition.Description, tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = definition.Buckets });
    }
}
