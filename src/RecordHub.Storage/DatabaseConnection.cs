using Npgsql;

namespace RecordHub.Storage;

/// <summary>Reads the setting that says which database: a file of SQLite's, or PostgreSQL on a host.</summary>
public static class DatabaseConnection
{
    /// <summary>What a wrong value is told.</summary>
    public const string Allowed =
        "'Data Source=FILE' for SQLite, or 'Host=HOST;Port=5432;Database=NAME;Username=USER;Password=…' for PostgreSQL";

    private const string File = "Data Source=";
    private const string Host = "Host=";

    /// <summary>Whether it is a file of SQLite's; otherwise it is PostgreSQL, if it is valid.</summary>
    public static bool IsSqlite(string connection) => Begins(connection, File);

    /// <summary>The file that a connection to SQLite names.</summary>
    public static string FileOf(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection[File.Length..].Trim();
    }

    /// <summary>Whether it names a database in one of the two ways.</summary>
    public static bool IsValid(string connection)
    {
        try
        {
            return (IsSqlite(connection) && FileOf(connection).Length > 0)
                || (Begins(connection, Host) && new NpgsqlConnectionStringBuilder(connection) is { Database.Length: > 0 });
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }

    private static bool Begins(string connection, string with) =>
        connection.StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
