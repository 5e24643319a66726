using System.Globalization;
using Microsoft.Data.Sqlite;
using RecordHub.Storage.Sql;
using SQLitePCL;

namespace RecordHub.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time; has answered when a call returns.</summary>
internal sealed class SqliteSession : Session, IDisposable
{
    private const int MostStatements = 256;

    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Table, string Columns), (string Sql, string[] Names)> _inserts = [];
    private readonly SqliteConnection _connection;
    private readonly LogPiece? _piece;

    internal SqliteSession(string connectionString, TimeSpan lockWait, bool readOnly)
    {
        // Whoever only reads writes no log.
        _connection = new SqliteConnection(
            readOnly ? connectionString : new SqliteConnectionStringBuilder(connectionString) { Vfs = LogVfs.Name }.ToString());
        _piece = readOnly ? null : new LogPiece();
        try
        {
            _connection.Open();

            // FULL: a commit is on the disk before it is answered for (WAL would otherwise defer that to the checkpoint).
            Run(string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {(long)lockWait.TotalMilliseconds}; PRAGMA synchronous = FULL; ")
                + "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;");

            // The writer keeps the pages that it changes all the time, and what one transaction changes (in KiB). No more:
            // at many a commit SQLite walks through all that it keeps (pcache1TruncateUnsafe).
            Run(readOnly ? "PRAGMA query_only = ON;" : "PRAGMA cache_size = -8192;");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    internal override Dialect Dialect => SqliteDialect.Instance;

    /// <summary>Whether a transaction is open.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>The result of work on such a session, which never waits for anything.</summary>
    internal static T ResultOf<T>(ValueTask<T> work) => work.IsCompleted
        ? work.Result
        : throw new InvalidOperationException("A transaction of SQLite waited for something else than its statements.");

    /// <summary>Runs a statement and gives the number of rows that it changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        using Prepared prepared = Prepare(sql);
        return prepared.Statement.Execute(parameters);
    }

    /// <summary>Ends the transaction; what it wrote is on the disk when this returns.</summary>
    internal void Commit()
    {
        if (_piece is null)
        {
            Execute("COMMIT");
        }
        else
        {
            _piece.Gather(this);
        }
    }

    // A transaction that writes has the database for itself.
    internal override void Lock(IEnumerable<string> keys)
    {
    }

    internal override void Lock<T>(T owner, Func<T, IEnumerable<string>> keys)
    {
    }

    internal override void Write(string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        Execute(sql, parameters);

    internal override void Insert(string table, string columns, IReadOnlyList<SqlValue[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (!_inserts.TryGetValue((table, columns), out (string Sql, string[] Names) insert))
        {
            string[] names = [.. Enumerable.Range(0, rows[0].Length).Select(column => $"$c{column}")];
            insert = ($"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", names)})", names);
            _inserts.Add((table, columns), insert);
        }

        (string, SqlValue)[] parameters = new (string, SqlValue)[insert.Names.Length];
        foreach (SqlValue[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                parameters[i] = (insert.Names[i], row[i]);
            }

            Execute(insert.Sql, parameters);
        }
    }

    internal override ValueTask<int> ExecuteAsync(
        string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) => new(Execute(sql, parameters));

    internal override ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<Row, T> map, params ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        using Prepared prepared = Prepare(sql);
        return new ValueTask<List<T>>(prepared.Statement.Query(map, parameters));
    }

    internal override ValueTask<T?> FirstAsync<T>(
        string sql, Func<Row, T> map, params ReadOnlySpan<(string Name, SqlValue Value)> parameters)
        where T : default
    {
        using Prepared prepared = Prepare(sql);
        return new ValueTask<T?>(prepared.Statement.First(map, parameters));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Dispose();
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

    private Prepared Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out SqliteStatement? kept))
        {
            return new Prepared(kept, IsKept: true);
        }

        SqliteStatement statement = new(_connection.Handle!, sql);
        return new Prepared(statement, _statements.Count < MostStatements && _statements.TryAdd(sql, statement));
    }

    private readonly record struct Prepared(SqliteStatement Statement, bool IsKept) : IDisposable
    {
        /// <summary>Lets go of a statement that is not kept.</summary>
        public void Dispose()
        {
            if (!IsKept)
            {
                Statement.Dispose();
            }
        }
    }
}
