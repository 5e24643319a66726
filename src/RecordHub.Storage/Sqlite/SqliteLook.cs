using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RecordHub.Storage.Sqlite;

/// <summary>Looks whether a database's file is damaged, without changing it.</summary>
internal static class SqliteLook
{
    internal const string Remedy =
        "Stop the service, move the file with its -wal and -shm to a safe place, and restore a backup with 'recordhub restore'.";

    private const int StepsBetweenLooks = 1000;
    private const int MostFaults = 5;
    private const string Foreign = "other tables than ours, or the -wal of another database beside it";

    /// <summary>What is to be done about a damaged file.</summary>
    internal static string Advice(string file, string why) =>
        $"The database {file} is damaged ({why}). {Remedy}";

    /// <summary>
    /// What costs nothing whatever the size: whether the file ends between two pages, and whether the schema and the first
    /// row of each table can be read. SQLite itself compares the length with the count of pages.
    /// </summary>
    /// <exception cref="SqliteException">It is damaged.</exception>
    /// <exception cref="StorageUnavailableException">It ends within a page, or is another program's.</exception>
    internal static void Glance(string file)
    {
        using SqliteConnection connection = Open(file);
        if (EndsWithinPage(file, connection))
        {
            throw new StorageUnavailableException(Advice(file, "its last page is not whole"));
        }

        List<string> tables = Texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0");
        if (IsForeign(tables))
        {
            throw new StorageUnavailableException(Advice(file, Foreign));
        }

        foreach (string table in tables)
        {
            Texts(connection, $"SELECT 1 FROM \"{table}\" NOT INDEXED LIMIT 1");
        }
    }

    /// <summary>Reads the file as far as it comes in the time.</summary>
    /// <param name="file">The file.</param>
    /// <param name="full">Whether each index is compared with its table as well, for as long as it takes.</param>
    /// <param name="atMost">After which time it is enough, when it is not full.</param>
    internal static SqliteFindings Read(string file, bool full, TimeSpan atMost)
    {
        long version = 0;
        try
        {
            using SqliteConnection connection = Open(file);
            version = Number(connection, "PRAGMA user_version");
            if (EndsWithinPage(file, connection))
            {
                return new SqliteFindings(version, true, ["Its last page is not whole."]);
            }

            if (IsForeign(Texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")))
            {
                return new SqliteFindings(version, true, [$"It has {Foreign}."]);
            }

            if (!full)
            {
                long start = TimeProvider.System.GetTimestamp();
                raw.sqlite3_progress_handler(
                    connection.Handle, StepsBetweenLooks,
                    _ => TimeProvider.System.GetElapsedTime(start) > atMost ? 1 : 0, null);
            }

            List<string> said = Texts(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA {(full ? "integrity_check" : "quick_check")}({MostFaults})"));
            return new SqliteFindings(version, true, said is ["ok"] ? [] : said);
        }
        catch (SqliteException interrupted) when (interrupted.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return new SqliteFindings(version, false, []);
        }
        catch (SqliteException closed) when (!SqliteFailures.IsDamage(closed))
        {
            return new SqliteFindings(version, false, [])
            {
                Closed = string.Create(CultureInfo.InvariantCulture, $"SQLite error {closed.SqliteErrorCode}"),
            };
        }
        catch (SqliteException failed)
        {
            return new SqliteFindings(
                version, true, [string.Create(CultureInfo.InvariantCulture, $"SQLite error {failed.SqliteErrorCode}.")]);
        }
    }

    // The first migration begins with the list of migrations.
    private static bool IsForeign(List<string> tables) =>
        tables.Count > 0 && !tables.Exists(static name => name is "item" or "SchemaVersions");

    // Pages are written whole, and one that a checkpoint had begun is still in the log. The length alone is asked for: who
    // opens the file and closes it again ends the locks that SQLite has on it in this process.
    private static bool EndsWithinPage(string file, SqliteConnection connection) =>
        new FileInfo(file + "-wal") is not { Exists: true, Length: > 0 }
        && new FileInfo(file).Length % Number(connection, "PRAGMA page_size") != 0;

    private static long Number(SqliteConnection connection, string sql) =>
        long.Parse(Texts(connection, sql)[0], CultureInfo.InvariantCulture);

    private static SqliteConnection Open(string file)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class and names of tables
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> texts = [];
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
