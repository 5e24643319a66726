using Npgsql;
using RecordHub.Storage.Postgres;

namespace RecordHub.Storage;

/// <summary>Looks at a PostgreSQL database without changing it.</summary>
public static class DatabaseProbe
{
    /// <summary>What is there.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be used; the message says why and what to do.</exception>
    public static async Task<DatabaseFindings> LookAsync(
        string connection, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        string complete = PostgresDatabase.WithDefaults(connection);
        try
        {
            await using NpgsqlConnection opened = new(complete);
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            await PostgresAdvice.CheckAsync(opened, cancellationToken).ConfigureAwait(false);
            long start = time.GetTimestamp();
            object? theirs = await PostgresSchema.ScalarAsync(
                opened, "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint", cancellationToken).ConfigureAwait(false);

            // Theirs was read halfway between our question and their answer, as nearly as one can tell.
            DateTimeOffset ours = time.GetUtcNow() - (time.GetElapsedTime(start) / 2);
            return new DatabaseFindings(
                PostgresAdvice.Name(complete), opened.PostgreSqlVersion,
                PostgresSchema.Scripts - (int)await PostgresSchema.CountDoneAsync(opened, cancellationToken).ConfigureAwait(false),
                DateTimeOffset.FromUnixTimeMilliseconds(theirs is long milliseconds ? milliseconds : 0) - ours);
        }
        catch (NpgsqlException failed)
        {
            throw PostgresAdvice.Of(complete, failed);
        }
    }
}
