using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Server.Pipeline;

/// <summary>Waits for what became of received items, whichever process works on them.</summary>
public sealed class PipelineWaiter
{
    /// <summary>The records of an item once it has its outcome; empty when it has none within the time.</summary>
    public Task<IReadOnlyList<HeldRecord>> WaitAsync(
        ItemId item, TimeSpan atMost, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Waits until nothing is left to be done, studies included; false when something is after the time.</summary>
    public Task<bool> WaitUntilIdleAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
