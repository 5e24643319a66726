using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Backups;

/// <summary>A SQLite database as one file, without what was deleted from it.</summary>
internal sealed class SqliteCopy(string database) : DatabaseCopy
{
    private const string FileName = "recordhub.db";
    private static readonly string[] s_beside = ["-wal", "-shm", "-journal"];

    internal override string Engine => "sqlite";

    internal override int Schema => SqliteSchema.Scripts;

    internal override Task<int> DoneAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            DatabaseFile.RequireReadable(database);
            throw new BackupException(
                $"There is no store here: {database} does not exist.", "Name the folder of the store with --data.");
        }

        try
        {
            SqliteLook.Glance(database);
            using SqliteConnection source = Open(database);
            int done = (int)Read(source, "PRAGMA user_version", static row => row.GetInt64(0))[0];
            return done > 0 ? Task.FromResult(done) : throw new BackupException(
                $"There is no store here: {database} is empty.", "Name the folder of the store with --data.");
        }
        catch (SqliteException damaged) when (SqliteFailures.IsDamage(damaged))
        {
            throw Damaged();
        }
        catch (SqliteException closed)
        {
            throw new BackupException(
                string.Create(CultureInfo.InvariantCulture, $"The database {database} cannot be opened (SQLite error {closed.SqliteErrorCode})."),
                "Run it as the service's account.");
        }
        catch (StorageUnavailableException damaged)
        {
            throw new BackupException(damaged.Message, "No backup can be made of it. Keep the earlier backups.");
        }
    }

    internal override async Task<DatabaseState> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await CopyAsync(folder, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException damaged) when (SqliteFailures.IsDamage(damaged))
        {
            throw Damaged();
        }
        catch (SqliteException failed)
        {
            throw new BackupException(
                string.Create(CultureInfo.InvariantCulture, $"The database could not be copied into {folder} (SQLite error {failed.SqliteErrorCode})."),
                "See whether its disk has room for the whole database and can be written, then run the backup again.");
        }
    }

    private async Task<DatabaseState> CopyAsync(string folder, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, FileName);
        await BackupFolder.Create(file).DisposeAsync().ConfigureAwait(false);
        using (SqliteConnection source = Open(database))
        {
            using SqliteCommand copy = source.CreateCommand();
            copy.CommandText = "VACUUM INTO $file";
            copy.CommandTimeout = 0;
            copy.Parameters.AddWithValue("$file", file);
            await Task.Run(copy.ExecuteNonQuery, cancellationToken).ConfigureAwait(false);
        }

        using SqliteConnection written = Open(file);
        return new DatabaseState(
            Rows(written), [.. Read(written, NamedBlobs, static row => ContentHash.FromDigest(row.GetFieldValue<byte[]>(0)))],
            StoreIn(written));
    }

    // A log that is left of a database would be played into the one that takes its place.
    internal override Task<string?> OccupiedAsync(CancellationToken cancellationToken) => Task.FromResult(
        File.Exists(database) ? $"There is a database at {database} already."
        : s_beside.Select(suffix => database + suffix).FirstOrDefault(File.Exists) is { } left
            ? $"{left} is left of a former database, and belongs to it."
        : null);

    internal override string? StoreOf(string folder)
    {
        using SqliteConnection copy = Open(Path.Combine(folder, FileName), SqliteOpenMode.ReadOnly);
        return StoreIn(copy);
    }

    internal override Task<string?> StoreAsync(CancellationToken cancellationToken)
    {
        using SqliteConnection connection = Open(database);
        return Task.FromResult(StoreIn(connection));
    }

    internal override async Task LoadAsync(string folder, CancellationToken cancellationToken)
    {
        string draft = database + ".restored";
        PrivateFolder.Create(Path.GetDirectoryName(database) ?? ".");
        FileStream from = File.OpenRead(Path.Combine(folder, FileName));
        await using (from.ConfigureAwait(false))
        {
            FileStream to = BackupFolder.Create(draft);
            await using (to.ConfigureAwait(false))
            {
                await from.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
                to.Flush(flushToDisk: true);
            }
        }

        using (SqliteConnection check = Open(draft))
        {
            if (Read(check, "PRAGMA integrity_check", static row => row.GetString(0)) is not ["ok"])
            {
                throw new BackupException("The database in this backup is damaged.", "Restore an earlier backup.");
            }
        }

        File.Move(draft, database);
        FolderSync.Flush(Path.GetDirectoryName(database) ?? ".");
    }

    internal override Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        using SqliteConnection connection = Open(database);
        return Task.FromResult<IReadOnlyDictionary<string, long>>(Rows(connection));
    }

    private static string? StoreIn(SqliteConnection connection) => Read(
        connection, StoreId, static row => Encoding.ASCII.GetString(row.GetFieldValue<byte[]>(0))).FirstOrDefault();

    private BackupException Damaged() => new(
        $"The database {database} is damaged, and no backup can be made of it.",
        "Keep the earlier backups. Stop the service, run 'recordhub doctor --full', and restore the latest one.");

    private static SqliteConnection Open(string file, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static SortedDictionary<string, long> Rows(SqliteConnection connection) =>
        new SortedDictionary<string, long>(
            Read(
                connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                static row => row.GetString(0))
                .ToDictionary(
                    static table => table,
                    table => Read(connection, $"SELECT COUNT(*) FROM \"{table}\"", static row => row.GetInt64(0))[0]),
            StringComparer.Ordinal);

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class and names of our tables
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
