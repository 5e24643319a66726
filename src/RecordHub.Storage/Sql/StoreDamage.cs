using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Remembers that the database was found damaged. What else it says may then be wrong or not all, and what is written to it
/// may be lost with it: so nothing is read from it or written to it any more until the next start.
/// </summary>
/// <param name="isDamage">Whether an error of the engine says so.</param>
internal sealed class StoreDamage(Func<Exception, bool> isDamage)
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when damage is seen.</summary>
    internal Task Seen => _seen.Task;

    /// <exception cref="StorageDamagedException">It was found damaged.</exception>
    internal void ThrowIfSeen()
    {
        if (_seen.Task.IsCompleted)
        {
            throw new StorageDamagedException();
        }
    }

    /// <summary>As Core knows it, and remembered, when it says that the database is damaged; others stay as they are.</summary>
    internal Exception Translate(Exception exception)
    {
        if (!isDamage(exception))
        {
            return exception;
        }

        _seen.TrySetResult();
        return new StorageDamagedException(exception);
    }
}
