using System.Diagnostics;
using RecordHub.Core.Telemetry;

namespace RecordHub.Storage.Blobs;

/// <summary>One operation from its beginning to its end, which is a failure unless it was said to be done.</summary>
internal sealed class BlobTiming(string operation, string span, TimeProvider time) : IDisposable
{
    private readonly Activity? _span = HubSources.Storage.StartActivity(span);
    private readonly long _start = time.GetTimestamp();
    private bool _done;

    public void Done() => _done = true;

    public void Dispose()
    {
        HubMetrics.Blob(operation, _done, time.GetElapsedTime(_start));
        if (!_done)
        {
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        _span?.Dispose();
    }
}
