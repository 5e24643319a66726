using Microsoft.Data.Sqlite;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// Remembers that the file was found damaged. What else it says may then be wrong or not all, and what is written to it may
/// be lost with it: so nothing is read from it or written to it any more until the next start.
/// </summary>
internal sealed class SqliteDamage
{
    // sqlite3.h
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when damage is seen.</summary>
    internal Task Seen => _seen.Task;

    /// <summary>Whether an error says that the file is damaged.</summary>
    internal static bool Is(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <exception cref="StorageDamagedException">It was found damaged.</exception>
    internal void ThrowIfSeen()
    {
        if (_seen.Task.IsCompleted)
        {
            throw new StorageDamagedException();
        }
    }

    /// <summary>As Core knows it, and remembered, when it says that the file is damaged; others stay as they are.</summary>
    internal Exception Translate(Exception exception)
    {
        if (!Is(exception))
        {
            return exception;
        }

        _seen.TrySetResult();
        return new StorageDamagedException(exception);
    }
}
