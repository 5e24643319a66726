using Npgsql;
using RecordHub.Storage.Postgres;

namespace RecordHub.Storage;

/// <summary>Looks at a PostgreSQL database without changing it.</summary>
public static class DatabaseProbe
{
    /// <summary>What is to be done about a damaged database.</summary>
    public const string Advice = PostgresAdvice.Remedy + ".";

    /// <summary>What is there. It is looked for damage as far as one comes in the time, or as a whole.</summary>
    /// <param name="connection">Where it is.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="atMost">How long its tables are read; null when all are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">It cannot be used; the message says why and what to do.</exception>
    public static async Task<DatabaseFindings> LookAsync(
        string connection, TimeProvider time, TimeSpan? atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        string complete = PostgresDatabase.WithDefaults(connection);
        try
        {
            await using NpgsqlConnection opened = new(
                new NpgsqlConnectionStringBuilder(complete) { Pooling = false }.ConnectionString);
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            await PostgresAdvice.CheckAsync(opened, cancellationToken).ConfigureAwait(false);
            long start = time.GetTimestamp();
            object? theirs = await PostgresSchema.ScalarAsync(
                opened, "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint", cancellationToken).ConfigureAwait(false);

            // Theirs was read halfway between our question and their answer, as nearly as one can tell.
            DateTimeOffset ours = time.GetUtcNow() - (time.GetElapsedTime(start) / 2);
            Version version = opened.PostgreSqlVersion;
            int missing = PostgresSchema.Scripts - (int)await PostgresSchema.CountDoneAsync(opened, cancellationToken).ConfigureAwait(false);

            // Last of all: with what it finds the connection ends.
            (string? fault, bool isWhole) = await PostgresLook.ReadAsync(opened, atMost, cancellationToken).ConfigureAwait(false);
            return new DatabaseFindings(
                PostgresAdvice.Name(complete), version, missing,
                DateTimeOffset.FromUnixTimeMilliseconds(theirs is long milliseconds ? milliseconds : 0) - ours)
            {
                Fault = fault,
                IsWhole = isWhole,
            };
        }
        catch (NpgsqlException failed)
        {
            throw PostgresAdvice.Of(complete, failed);
        }
    }
}
