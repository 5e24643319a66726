using System.Globalization;
using Npgsql;
using RecordHub.Storage.Backups;

namespace RecordHub.Storage.Postgres;

/// <summary>Looks for damage: reads each page of each table, of which the server then compares the checksum where it has them.</summary>
internal static class PostgresLook
{
    /// <summary>The first fault, and whether all was read.</summary>
    /// <param name="connection">An open connection, of which settings are changed.</param>
    /// <param name="atMost">After which time it is enough; null when all is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<(string? Fault, bool IsWhole)> ReadAsync(
        NpgsqlConnection connection, TimeSpan? atMost, CancellationToken cancellationToken)
    {
        // Otherwise an index answers for its table.
        await PostgresSchema.ScalarAsync(
            connection, "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off", cancellationToken)
            .ConfigureAwait(false);
        long start = TimeProvider.System.GetTimestamp();
        string[] tables = await PostgresSchema.ScalarAsync(
            connection, $"SELECT array_agg(tablename::text) FROM ({PostgresCopy.Tables}) t", cancellationToken).ConfigureAwait(false) as string[] ?? [];
        foreach (string table in tables)
        {
            int left = atMost is { } most ? (int)(most - TimeProvider.System.GetElapsedTime(start)).TotalMilliseconds : int.MaxValue;
            if (left <= 0)
            {
                return (null, false);
            }

            try
            {
                await PostgresSchema.ScalarAsync(
                    connection, string.Create(CultureInfo.InvariantCulture, $"SET statement_timeout = {left}"), cancellationToken)
                    .ConfigureAwait(false);
                await PostgresSchema.ScalarAsync(connection, $"SELECT COUNT(*) FROM \"{table}\"", cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled)
            {
                return (null, false);
            }
            catch (PostgresException damaged) when (PostgresFailures.IsDamage(damaged))
            {
                return ($"the table {table} cannot be read (SQLSTATE {damaged.SqlState})", true);
            }
        }

        return (null, true);
    }
}
