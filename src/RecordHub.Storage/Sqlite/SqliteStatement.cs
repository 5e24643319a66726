using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using RecordHub.Storage.Sql;
using SQLitePCL;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// A prepared statement. It binds by position and keeps nothing of a value: a filing runs fifty of them, and the commands
/// of ADO.NET look each parameter up by name every time. Used by one thread at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly SqliteRow _row;
    private readonly int _parameters;
    private (string Name, int Index)[] _order = [];

    /// <exception cref="SqliteException">It is no statement of this database.</exception>
    internal SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v2(database, sql, out _statement, out string rest), database);
        if (!string.IsNullOrWhiteSpace(rest))
        {
            _statement.Dispose();
            throw new InvalidOperationException("Only one statement is run at a time.");
        }

        _row = new SqliteRow(_statement);
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <summary>Runs it to its end; the number of rows that it changed.</summary>
    /// <exception cref="SqliteException">It failed; what it did is undone.</exception>
    internal int Execute(ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        try
        {
            Bind(parameters);
            while (Step())
            {
                // Nobody reads them.
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it to its end; what became of each row.</summary>
    /// <exception cref="SqliteException">It failed; what it did is undone.</exception>
    internal List<T> Query<T>(Func<Row, T> map, ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        try
        {
            Bind(parameters);
            List<T> rows = [];
            while (Step())
            {
                rows.Add(map(_row));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it to its first row; what became of it, or the default when there is none.</summary>
    /// <exception cref="SqliteException">It failed; what it did is undone.</exception>
    internal T? First<T>(Func<Row, T> map, ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        try
        {
            Bind(parameters);
            return Step() ? map(_row) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _statement.Dispose();

    private void Bind(ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        Order(parameters);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (_order[i].Index > 0)
            {
                SqliteException.ThrowExceptionForRC(Bind(_order[i].Index, parameters[i].Value), _database);
            }
        }
    }

    // Whether it stands at a row now.
    private bool Step()
    {
        int result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return result == raw.SQLITE_ROW;
    }

    // What it answers is the last step's answer once more.
    private void Reset()
    {
        raw.sqlite3_reset(_statement);
        raw.sqlite3_clear_bindings(_statement);
        _row.Forget();
    }

    // They come in the same order each time, with names that are constants.
    private void Order(ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        bool known = _order.Length == parameters.Length;
        for (int i = 0; known && i < parameters.Length; i++)
        {
            known = _order[i].Name == parameters[i].Name;
        }

        if (known)
        {
            return;
        }

        _order = new (string, int)[parameters.Length];
        HashSet<int> bound = [];
        for (int i = 0; i < parameters.Length; i++)
        {
            _order[i] = (parameters[i].Name, raw.sqlite3_bind_parameter_index(_statement, parameters[i].Name));
            bound.Add(_order[i].Index);
        }

        bound.Remove(0);
        if (bound.Count != _parameters)
        {
            _order = [];
            throw new InvalidOperationException("A statement has a parameter that it was given no value for.");
        }
    }

    private int Bind(int index, SqlValue value) => value switch
    {
        { IsNull: true } => raw.sqlite3_bind_null(_statement, index),
        { IsNumber: true } => raw.sqlite3_bind_int64(_statement, index, value.Number),
        { IsReal: true } => raw.sqlite3_bind_double(_statement, index, value.Real),
        { Held: string { Length: 0 } } => raw.sqlite3_bind_text(_statement, index, string.Empty),
        { Held: string text } => BindText(index, text),
        { Held: byte[] { Length: 0 } } => raw.sqlite3_bind_zeroblob(_statement, index, 0),
        { Held: byte[] bytes } => raw.sqlite3_bind_blob(_statement, index, bytes),
        _ => throw new InvalidOperationException($"No column takes a {value.Held?.GetType().Name}."),
    };

    private int BindText(int index, string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = most <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(most);
        Span<byte> bytes = rented ?? stackalloc byte[StackBytes];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        int result = raw.sqlite3_bind_text(_statement, index, bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return result;
    }
}
