using RecordHub.Core.Intake;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>Fails to open a number of times, then works.</summary>
internal sealed class FailingBlobs(IBlobStore inner, int times, Func<Exception> failure) : ReadingBlobs(inner)
{
    private int _left = times;

    public override Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _left) >= 0 ? throw failure() : base.OpenAsync(hash, offset, cancellationToken);
}
