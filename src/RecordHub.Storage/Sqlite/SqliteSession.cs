using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RecordHub.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int MostStatements = 256;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;

    internal SqliteSession(string connectionString, bool readOnly)
    {
        _connection = new SqliteConnection(connectionString);
        try
        {
            _connection.Open();

            // FULL: a commit is on the disk before it is answered for (WAL would otherwise defer that to the checkpoint).
            Run("PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
                + "PRAGMA wal_autocheckpoint = 4000;");
            if (readOnly)
            {
                Run("PRAGMA query_only = ON;");
            }
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the current transaction added to the outbox or took from it; told to waiters after the commit.</summary>
    internal bool OutboxTouched { get; set; }

    /// <summary>Whether a transaction is open; SQLite ends one by itself when the disk is full.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Runs a statement and gives the number of rows that it changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using Statement statement = Prepare(sql, parameters);
        return statement.Command.ExecuteNonQuery();
    }

    /// <summary>All rows.</summary>
    internal List<T> Query<T>(
        string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using Statement statement = Prepare(sql, parameters);
        using SqliteDataReader reader = statement.Command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>The first row; the default when there is none.</summary>
    internal T? First<T>(
        string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using Statement statement = Prepare(sql, parameters);
        using SqliteDataReader reader = statement.Command.ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>The first column of the first row as a number; 0 when there is none.</summary>
    internal long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        First(sql, static row => row.IsDBNull(0) ? 0 : row.GetInt64(0), parameters);

    /// <summary>Whether there is a row.</summary>
    internal bool Any(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        First(sql, static _ => true, parameters);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (SqliteCommand command in _statements.Values)
        {
            command.Dispose();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    // Statements of our own, without parameters; never text from outside.
    private void Run(string pragmas)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = pragmas;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private Statement Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        bool kept = _statements.TryGetValue(sql, out SqliteCommand? command);
        if (command is null)
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // the stores build SQL of constants; values are always parameters
            command.CommandText = sql;
#pragma warning restore CA2100
            if (_statements.Count < MostStatements)
            {
                _statements.Add(sql, command);
                kept = true;
            }
        }

        command.Parameters.Clear();
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return new Statement(command, kept);
    }

    private readonly struct Statement(SqliteCommand command, bool kept) : IDisposable
    {
        internal SqliteCommand Command => command;

        /// <summary>Lets go of the values, and of a statement that is not kept.</summary>
        public void Dispose()
        {
            if (kept)
            {
                command.Parameters.Clear();
            }
            else
            {
                command.Dispose();
            }
        }
    }
}
