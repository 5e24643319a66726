using RecordHub.Core.Intake;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>Fails to open a number of times, then works.</summary>
internal sealed class FailingBlobs(IBlobStore inner, int times) : IBlobStore
{
    private int _left = times;

    public ValueTask<IBlobWriter> CreateAsync(CancellationToken cancellationToken) => inner.CreateAsync(cancellationToken);

    public Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _left) >= 0
            ? throw new IOException("The disk hiccupped.")
            : inner.OpenAsync(hash, offset, cancellationToken);

    public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.FindLengthAsync(hash, cancellationToken);

    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.SetAsideAsync(hash, cancellationToken);

    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.DeleteAsync(hash, cancellationToken);
}
