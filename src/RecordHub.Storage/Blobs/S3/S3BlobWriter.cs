using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>Writes a blob into the spool; the commit puts it up from there.</summary>
internal sealed class S3BlobWriter(IBlobWriter spooled, S3BlobStore store) : IBlobWriter
{
    /// <inheritdoc />
    public Memory<byte> GetMemory() => spooled.GetMemory();

    /// <inheritdoc />
    public ValueTask AdvanceAsync(int count, CancellationToken cancellationToken) =>
        spooled.AdvanceAsync(count, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        await spooled.CommitAsync(hash, cancellationToken).ConfigureAwait(false);
        await store.SettleAsync(hash, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => spooled.DisposeAsync();
}
