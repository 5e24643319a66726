using Npgsql;

namespace RecordHub.Storage;

/// <summary>Reads the setting that says which database: a file of SQLite's, or PostgreSQL on a host.</summary>
public static class DatabaseConnection
{
    /// <summary>What a wrong value is told.</summary>
    public const string Allowed =
        "'Data Source=FILE' for SQLite, or 'Host=HOST;Port=5432;Database=NAME;Username=USER;Password=…' for PostgreSQL";

    private static readonly string[] s_open = ["Data Source", "Host", "Server", "Port", "Database", "Username"];

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

    /// <summary>To be shown: values of what is no secret, and the names alone of everything else.</summary>
    public static string WithoutSecrets(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        List<string> shown = [];
        foreach (string part in connection.Split(';'))
        {
            string name = part.Split('=')[0].Trim();
            bool open = s_open.Contains(name, StringComparer.OrdinalIgnoreCase);
            shown.Add(open ? part : part.Contains('=', StringComparison.Ordinal) ? $"{name}=…" : "…");
            if (!open && part.AsSpan().ContainsAny('\'', '"'))
            {
                break; // A quoted secret may go on behind a semicolon.
            }
        }

        return string.Join(';', shown);
    }

    private static bool Begins(string connection, string with) =>
        connection.StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
