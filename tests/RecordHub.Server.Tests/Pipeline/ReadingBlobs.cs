using RecordHub.Core.Intake;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>A real store whose reading a test changes.</summary>
internal abstract class ReadingBlobs(IBlobStore inner) : IBlobStore
{
    public ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) =>
        inner.CreateAsync(naming, cancellationToken);

    public virtual Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken) =>
        inner.OpenAsync(hash, offset, cancellationToken);

    public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.FindLengthAsync(hash, cancellationToken);

    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.SetAsideAsync(hash, cancellationToken);

    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.DeleteAsync(hash, cancellationToken);
}
