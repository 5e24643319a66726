using RecordHub.Core.Intake;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>Reading waits until the test lets it, or until it is told to end.</summary>
internal sealed class HeldBlobs(IBlobStore inner, HeldBlobs.Gate gate) : ReadingBlobs(inner)
{
    public override async Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        gate.Reached.TrySetResult();
        await gate.Opened.Task.WaitAsync(cancellationToken);
        return await base.OpenAsync(hash, offset, cancellationToken);
    }

    internal sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
