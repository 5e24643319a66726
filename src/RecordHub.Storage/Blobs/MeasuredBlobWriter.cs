using System.Runtime.CompilerServices;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Times what waits for the disk or the object store: the commit.</summary>
internal sealed class MeasuredBlobWriter(IBlobWriter blob, TimeProvider time) : IBlobWriter
{
    /// <inheritdoc />
    public Memory<byte> GetMemory() => blob.GetMemory();

    /// <inheritdoc />
    public ValueTask AdvanceAsync(int count, CancellationToken cancellationToken) =>
        blob.AdvanceAsync(count, cancellationToken);

    /// <inheritdoc />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        using BlobTiming timing = new("commit", "store blob", time);
        BlobPlace? place = await blob.CommitAsync(hash, cancellationToken).ConfigureAwait(false);
        timing.Done();
        return place;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => blob.DisposeAsync();
}
