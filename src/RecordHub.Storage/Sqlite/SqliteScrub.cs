using System.Globalization;
using Microsoft.Data.Sqlite;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sqlite;

/// <summary>Writes the whole database anew, so that no page keeps what was deleted, and empties the write-ahead log.</summary>
internal static class SqliteScrub
{
    private const int Attempts = 120;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="StorageAwayException">A reader or another writer held the database for too long; nothing is lost.</exception>
    internal static async Task RunAsync(
        string connectionString, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        using SqliteConnection connection = new(connectionString);
        connection.Open();
        try
        {
            Row(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {(long)lockWait.TotalMilliseconds}; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"));
            Row(connection, "VACUUM;");
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                if (Row(connection, "PRAGMA wal_checkpoint(TRUNCATE);") == 0)
                {
                    return;
                }

                await Task.Delay(s_pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SqliteException held)
        {
            throw new StorageAwayException($"The database could not be written anew (SQLite {held.SqliteErrorCode}).", held);
        }

        throw new StorageAwayException("A reader held the write-ahead log for too long.");
    }

    // The first column of the first row; of a checkpoint: whether somebody kept it from ending.
    private static long Row(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
