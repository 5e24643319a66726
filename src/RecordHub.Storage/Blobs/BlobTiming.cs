using RecordHub.Core.Telemetry;

namespace RecordHub.Storage.Blobs;

/// <summary>One operation from its beginning to its end, which is a failure unless it was said to be done.</summary>
internal sealed class BlobTiming(string operation, TimeProvider time) : IDisposable
{
    private readonly long _start = time.GetTimestamp();
    private bool _done;

    public void Done() => _done = true;

    public void Dispose() => HubMetrics.Blob(operation, _done, time.GetElapsedTime(_start));
}
