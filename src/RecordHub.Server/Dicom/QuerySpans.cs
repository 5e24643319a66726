using System.Collections.Concurrent;
using System.Diagnostics;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>The spans of the C-FIND, C-MOVE and C-GET that are under way on one association.</summary>
internal sealed class QuerySpans : IDisposable
{
    private readonly ConcurrentDictionary<ushort, Activity> _open = [];

    /// <summary>One begins; nothing while nobody listens.</summary>
    public void Begin(QueryRequest request, ActivityContext association)
    {
        Activity? around = Activity.Current;
        if (TraceContext.Start(
            HubSources.Server, DicomWords.Of(request.SopClass.Service).ToUpperInvariant(), ActivityKind.Server, association)
            is { } span)
        {
            _open[request.MessageId] = span;
            Activity.Current = around;
        }
    }

    /// <summary>One has ended.</summary>
    public void End(QuerySummary summary)
    {
        if (_open.TryRemove(summary.Request.MessageId, out Activity? span))
        {
            span.SetTag(SpanTags.Stored, summary.Counts.Completed + summary.Counts.Warning)
                .SetTag(SpanTags.Failed, summary.Counts.Failed).SetTag(SpanTags.Records, summary.Matches);
            End(span, summary.Status);
        }
    }

    /// <summary>Ends those that had no end.</summary>
    public void Dispose()
    {
        foreach (Activity span in _open.Values)
        {
            End(span, null);
        }

        _open.Clear();
    }

    private static void End(Activity span, ushort? status)
    {
        Activity? around = Activity.Current;
        span.Told(status, DimseStatus.Success, DimseStatus.Cancelled);
        span.Dispose();
        Activity.Current = around;
    }
}
