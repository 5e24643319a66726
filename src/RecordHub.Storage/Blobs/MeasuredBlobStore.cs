using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Any store of blobs, timed.</summary>
internal sealed class MeasuredBlobStore(IBlobStore blobs, TimeProvider time) : IBlobStore
{
    /// <inheritdoc />
    public async ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) =>
        new MeasuredBlobWriter(await blobs.CreateAsync(naming, cancellationToken).ConfigureAwait(false), time);

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken) =>
        OpenAsync(() => blobs.OpenAsync(hash, offset, cancellationToken));

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ReceivedItem item, CancellationToken cancellationToken) =>
        OpenAsync(() => blobs.OpenAsync(item, cancellationToken));

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

    private async Task<Stream> OpenAsync(Func<Task<Stream>> open)
    {
        using BlobTiming timing = new("open", "open blob", time);
        Stream opened = await open().ConfigureAwait(false);
        timing.Done();
        return opened;
    }
}
