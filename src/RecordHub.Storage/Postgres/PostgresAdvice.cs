using System.Globalization;
using Npgsql;

namespace RecordHub.Storage.Postgres;

/// <summary>Why a database cannot be used, in a sentence that says what to do. Never with the password.</summary>
internal static class PostgresAdvice
{
    private const int LeastVersion = 14;

    /// <summary>What is to be done about a damaged database.</summary>
    internal const string Remedy =
        "Stop the service, see the server's log for the file, keep a copy of the server's folder, and restore a backup; "
        + "an index alone can be built again (REINDEX)";

    /// <summary>Database, host and port.</summary>
    internal static string Name(string connection)
    {
        NpgsqlConnectionStringBuilder parts = new(connection);
        return string.Create(
            CultureInfo.InvariantCulture, $"{parts.Database ?? parts.Username} on {parts.Host}:{parts.Port}");
    }

    /// <exception cref="StorageUnavailableException">The server is too old, or the database keeps other text than UTF-8.</exception>
    internal static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < LeastVersion)
        {
            throw new StorageUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"The server of {Name(connection.ConnectionString)} is PostgreSQL {connection.PostgreSqlVersion}; use version {LeastVersion} or newer."));
        }

        object? encoding = await PostgresSchema.ScalarAsync(connection, "SHOW server_encoding", cancellationToken)
            .ConfigureAwait(false);
        if (encoding is not "UTF8")
        {
            throw new StorageUnavailableException(
                $"The database {Name(connection.ConnectionString)} keeps text as {encoding}; make one with UTF8 "
                + "(createdb --encoding=UTF8 --template=template0).");
        }
    }

    /// <summary>What the failure of opening means.</summary>
    internal static StorageUnavailableException Of(string connection, NpgsqlException failed)
    {
        string advice = failed is not PostgresException { SqlState: { } state }
            ? "does not answer; start the server, or correct host and port in Database:Connection"
            : state switch
            {
                PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                    "refuses the user; correct user name and password in Database:Connection",
                PostgresErrorCodes.InvalidCatalogName =>
                    "does not exist; make it (createdb --encoding=UTF8 --template=template0), or correct Database:Connection",
                PostgresErrorCodes.InsufficientPrivilege =>
                    "gives the user too few rights; make the user the database's owner",
                _ when PostgresFailures.IsDamage(failed) =>
                    $"is damaged (SQLSTATE {state}). {Remedy}",
                _ => $"cannot be used (SQLSTATE {state}); see the server's log",
            };
        return new StorageUnavailableException($"The database {Name(connection)} {advice}.", failed);
    }
}
