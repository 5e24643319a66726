using System.Data;
using System.Text.Json;
using Npgsql;
using RecordHub.Core.Intake;
using RecordHub.Storage.Postgres;

namespace RecordHub.Storage.Backups;

/// <summary>A PostgreSQL database as one file for each table, all of one state, by COPY: no other program is needed.</summary>
internal sealed class PostgresCopy(string connectionString) : DatabaseCopy
{
    /// <summary>The names of our tables.</summary>
    internal const string Tables =
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_versions' ORDER BY tablename";

    private readonly string _connection = PostgresDatabase.WithDefaults(connectionString);

    internal override string Engine => "postgresql";

    internal override int Schema => PostgresSchema.Scripts;

    internal override async Task<int> DoneAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        long done = await PostgresSchema.CountDoneAsync(connection, cancellationToken).ConfigureAwait(false);
        return done > 0 ? (int)done : throw new BackupException(
            $"There is no store in the database {PostgresAdvice.Name(_connection)}.", "See whether Database:Connection names the right one.");
    }

    internal override async Task<DatabaseState> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await CopyAsync(folder, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException damaged) when (PostgresFailures.IsDamage(damaged))
        {
            throw new BackupException(
                $"The database {PostgresAdvice.Name(_connection)} is damaged, and no backup can be made of it.",
                "Keep the earlier backups. Stop the service, run 'recordhub doctor --full', and restore the latest one.");
        }
    }

    private async Task<DatabaseState> CopyAsync(string folder, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction one = await connection
            .BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach (string table in await ReadAsync(connection, Tables, static row => row.GetString(0), cancellationToken)
            .ConfigureAwait(false))
        {
            List<string> columns = await ColumnsAsync(connection, table, cancellationToken).ConfigureAwait(false);
            rows[table] = (await ReadAsync(
                connection, $"SELECT COUNT(*) FROM \"{table}\"", static row => row.GetInt64(0), cancellationToken)
                .ConfigureAwait(false))[0];
            FileStream file = BackupFolder.Create(Path.Combine(folder, table + ".copy"));
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(
                    JsonSerializer.SerializeToUtf8Bytes(columns, Sql.StoredJson.Default.IReadOnlyListString), cancellationToken)
                    .ConfigureAwait(false);
                file.WriteByte((byte)'\n');
                Stream copy = await connection.BeginRawBinaryCopyAsync(
                    $"COPY \"{table}\" ({Quoted(columns)}) TO STDOUT (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
                await using (copy.ConfigureAwait(false))
                {
                    await copy.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return new DatabaseState(rows, await ReadAsync(
            connection, NamedBlobs, static row => ContentHash.FromDigest(row.GetFieldValue<byte[]>(0)), cancellationToken)
            .ConfigureAwait(false), await StoreInAsync(connection, cancellationToken).ConfigureAwait(false));
    }

    internal override async Task<string?> StoreAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await StoreInAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<string?> OccupiedAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        bool made = await PostgresSchema.CountDoneAsync(connection, cancellationToken).ConfigureAwait(false) > 0;
        return made && (await ReadAsync(
            connection,
            "SELECT (SELECT COUNT(*) FROM case_file) + (SELECT COUNT(*) FROM item) + (SELECT COUNT(*) FROM operation_event)",
            static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0] > 0
            ? $"There are records in the database {PostgresAdvice.Name(_connection)} already."
            : null;
    }

    internal override async Task LoadAsync(string folder, CancellationToken cancellationToken)
    {
        await PostgresSchema.UpgradeAsync(_connection, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction all = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        foreach (string file in Directory.EnumerateFiles(folder, "*.copy").Order(StringComparer.Ordinal))
        {
            string table = Path.GetFileNameWithoutExtension(file);
            await PostgresSchema.ScalarAsync(connection, $"DELETE FROM \"{table}\"", cancellationToken).ConfigureAwait(false);
            FileStream from = File.OpenRead(file);
            await using (from.ConfigureAwait(false))
            {
                IReadOnlyList<string> columns = Sql.StoredJson.ToLines(ReadLine(from));
                Stream copy = await connection.BeginRawBinaryCopyAsync(
                    $"COPY \"{table}\" ({Quoted(columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
                await using (copy.ConfigureAwait(false))
                {
                    await from.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
                }
            }

            await ContinueNumbersAsync(connection, table, cancellationToken).ConfigureAwait(false);
        }

        await all.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach (string table in await ReadAsync(connection, Tables, static row => row.GetString(0), cancellationToken)
            .ConfigureAwait(false))
        {
            rows[table] = (await ReadAsync(
                connection, $"SELECT COUNT(*) FROM \"{table}\"", static row => row.GetInt64(0), cancellationToken)
                .ConfigureAwait(false))[0];
        }

        return rows;
    }

    private static async Task<string?> StoreInAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => (await ReadAsync(
        connection, StoreId, static row => System.Text.Encoding.ASCII.GetString(row.GetFieldValue<byte[]>(0)), cancellationToken)
        .ConfigureAwait(false)).FirstOrDefault();

    // Numbers that the server gives by itself go on after the highest that was loaded.
    private static async Task ContinueNumbersAsync(
        NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        foreach (string column in await ReadAsync(
            connection,
            $"SELECT attname FROM pg_attribute WHERE attrelid = '\"{table}\"'::regclass AND attidentity <> ''",
            static row => row.GetString(0), cancellationToken).ConfigureAwait(false))
        {
            await PostgresSchema.ScalarAsync(
                connection,
                $"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), GREATEST((SELECT MAX(\"{column}\") FROM \"{table}\"), 1))",
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static string ReadLine(FileStream file)
    {
        List<byte> line = [];
        for (int next = file.ReadByte(); next is not (-1 or '\n'); next = file.ReadByte())
        {
            line.Add((byte)next);
        }

        return System.Text.Encoding.UTF8.GetString([.. line]);
    }

    private static Task<List<string>> ColumnsAsync(
        NpgsqlConnection connection, string table, CancellationToken cancellationToken) => ReadAsync(
        connection,
        $"SELECT attname FROM pg_attribute WHERE attrelid = '\"{table}\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        static row => row.GetString(0), cancellationToken);

    private static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = new(_connection);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (NpgsqlException failed)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw PostgresAdvice.Of(_connection, failed);
        }
    }

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // constants of this class and names of our tables
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
