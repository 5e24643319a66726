using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Any store of blobs, timed.</summary>
internal sealed class MeasuredBlobStore(IBlobStore blobs, TimeProvider time) : IBlobStore
{
    /// <inheritdoc />
    public async ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) =>
        new MeasuredBlobWriter(await blobs.CreateAsync(naming, cancellationToken).ConfigureAwait(false), time);

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        using BlobTiming timing = new("open", "open blob", time);
        Stream opened = await blobs.OpenAsync(hash, offset, cancellationToken).ConfigureAwait(false);
        timing.Done();
        return opened;
    }

    /// <inheritdoc />
    public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) =>
        blobs.FindLengthAsync(hash, cancellationToken);

    /// <inheritdoc />
    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) =>
        blobs.SetAsideAsync(hash, cancellationToken);

    /// <inheritdoc />
    public async Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        using BlobTiming timing = new("delete", "delete blob", time);
        await blobs.DeleteAsync(hash, cancellationToken).ConfigureAwait(false);
        timing.Done();
    }
}
