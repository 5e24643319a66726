using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Times what waits for the disk or the object store: the commit.</summary>
internal sealed class MeasuredBlobWriter(IBlobWriter blob, TimeProvider time) : IBlobWriter
{
    /// <inheritdoc />
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        blob.WriteAsync(bytes, cancellationToken);

    /// <inheritdoc />
    public async Task CommitAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        using BlobTiming timing = new("commit", "store blob", time);
        await blob.CommitAsync(hash, cancellationToken).ConfigureAwait(false);
        timing.Done();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => blob.DisposeAsync();
}
