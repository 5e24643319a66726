namespace RecordHub.Core.Outbox;

/// <summary>What one process does for all of them.</summary>
public interface ILeases
{
    /// <summary>Takes a name for a time, unless another process has it.</summary>
    Task<bool> TryTakeAsync(string name, string owner, TimeSpan lasting, CancellationToken cancellationToken);
}
