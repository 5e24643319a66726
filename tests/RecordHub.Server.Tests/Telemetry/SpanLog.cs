using System.Collections.Concurrent;
using System.Diagnostics;
using RecordHub.Core.Telemetry;

namespace RecordHub.Server.Tests.Telemetry;

/// <summary>Hears every span of ours that ends.</summary>
internal sealed class SpanLog : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public SpanLog()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => HubSources.Names.Contains(source.Name),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>All that have ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _spans];

    /// <summary>The one of a name in a trace, once it has ended.</summary>
    public async Task<Activity> OneAsync(ActivityTraceId trace, string name, CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            if (Spans.FirstOrDefault(span => span.TraceId == trace && span.OperationName == name) is { } found)
            {
                return found;
            }

            await Task.Yield();
        }
    }

    public void Dispose() => _listener.Dispose();
}
