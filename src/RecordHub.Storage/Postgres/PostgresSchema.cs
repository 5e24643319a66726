using System.Reflection;
using DbUp;
using DbUp.Engine;
using Npgsql;

namespace RecordHub.Storage.Postgres;

/// <summary>Brings a database up to date by the embedded scripts.</summary>
internal static class PostgresSchema
{
    private const string ScriptPrefix = "RecordHub.Postgres.";
    private const string Journal = "schema_versions";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly Assembly s_assembly = typeof(PostgresSchema).Assembly;

    /// <summary>How many scripts this version has.</summary>
    internal static int Scripts { get; } = s_assembly.GetManifestResourceNames().Count(IsScript);

    /// <summary>Makes or migrates the tables; of several processes that start at once one does it, and the others wait.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be done; the message says what to do.</exception>
    internal static async Task UpgradeAsync(string connection, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await UpgradeOnceAsync(connection, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException away) when (PostgresFailures.IsAway(away) && time.GetElapsedTime(start) < s_patience)
            {
                // The server is often started together with us.
                await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException failed)
            {
                throw PostgresAdvice.Of(connection, failed);
            }
        }
    }

    /// <summary>How many scripts the database has had.</summary>
    internal static async Task<long> CountDoneAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        bool any = await ScalarAsync(connection, $"SELECT to_regclass('{Journal}') IS NOT NULL", cancellationToken)
            .ConfigureAwait(false) is true;
        return any && await ScalarAsync(
            connection, $"SELECT COUNT(*) FROM {Journal} WHERE scriptname LIKE '{ScriptPrefix}%'", cancellationToken)
            .ConfigureAwait(false) is long count
            ? count
            : 0;
    }

    internal static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // constants of this folder
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task UpgradeOnceAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Not pooled: the server lets go of the lock when the connection ends, whatever becomes of us.
        string alone = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        await using NpgsqlConnection connection = new(alone);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await PostgresAdvice.CheckAsync(connection, cancellationToken).ConfigureAwait(false);
        await ScalarAsync(connection, $"SELECT pg_advisory_lock({LockKeys.Space}, {LockKeys.Schema})", cancellationToken)
            .ConfigureAwait(false);
        long done = await CountDoneAsync(connection, cancellationToken).ConfigureAwait(false);
        if (done > Scripts)
        {
            throw new StorageUnavailableException(
                $"The database {PostgresAdvice.Name(connectionString)} was made by a newer version of RecordHub; use that "
                + "version, or another database.");
        }

        if (done < Scripts)
        {
            Deploy(alone);
        }
    }

    private static void Deploy(string connection)
    {
        DatabaseUpgradeResult result = DeployChanges.To
            .PostgresqlDatabase(connection)
            .JournalToPostgresqlTable(null, Journal)
            .WithScriptsEmbeddedInAssembly(s_assembly, IsScript)
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new StorageUnavailableException(
                $"The database {PostgresAdvice.Name(connection)} could not be brought up to date ({result.Error.Message}); "
                + "give its user the right to make tables, or restore it from a backup.", result.Error);
        }
    }

    private static bool IsScript(string name) =>
        name.StartsWith(ScriptPrefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal);
}
