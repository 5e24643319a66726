using Microsoft.Data.Sqlite;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sqlite;

/// <summary>SQLite's errors in the words of Core. Pure.</summary>
internal static class SqliteFailures
{
    // sqlite3.h
    private const int Busy = 5;
    private const int Locked = 6;
    private const int InputOutputError = 10;
    private const int Corrupt = 11;
    private const int DiskFull = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // What is above it says more of the same: SQLITE_IOERR_READ is SQLITE_IOERR | 1 << 8.
    private const int PrimaryCode = 0xFF;

    /// <summary>Whether an error says that the file is damaged.</summary>
    internal static bool IsDamage(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>What an error but for damage means to Core; itself when it is none of the disk's, or of others that hold the database.</summary>
    internal static Exception Translate(Exception exception) => exception is not SqliteException { SqliteErrorCode: var code }
        ? exception
        : (code & PrimaryCode) switch
        {
            DiskFull => new StorageFullException("The database's disk is full.", exception),
            Busy or Locked or InputOutputError or CannotOpen =>
                new StorageAwayException($"The database is held or away (SQLite {code}).", exception),
            _ => exception,
        };
}
