using System.Diagnostics;

namespace RecordHub.Core.Telemetry;

/// <summary>How a trace goes from one span to the next, also over the outbox, the broker and the network (W3C traceparent).</summary>
public static class TraceContext
{
    /// <summary>
    /// The traceparent that goes on; null when nobody follows what happens now. One that was not sampled goes on too, so that
    /// it is sampled nowhere; one that only the framework made for itself does not.
    /// </summary>
    public static string? Current =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } span && (span.Recorded || HubSources.IsOurs(span))
            ? span.Id : null;

    /// <summary>Reads a traceparent; what is none begins a trace of its own.</summary>
    public static ActivityContext Parse(string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out ActivityContext context)
            ? context : default;

    /// <summary>
    /// Begins a span after the one that is named, wherever that was, or the first of a new trace; null when nobody listens.
    /// </summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, ActivityContext after)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners())
        {
            return null;
        }

        // Otherwise a span that the framework made for itself, and that nobody is sent, would be its parent.
        Activity? around = Activity.Current;
        Activity.Current = null;
        Activity? span = source.StartActivity(name, kind, after);
        if (span is null)
        {
            Activity.Current = around;
        }

        return span;
    }

    /// <summary>The same after a traceparent.</summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, string? after)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.HasListeners() ? Start(source, name, kind, Parse(after)) : null;
    }
}
