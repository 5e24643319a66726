
namespace RecordHub.Storage.Sql;

/// <summary>
/// The statements of one transaction, on whichever engine. Parameters are written <c>$name</c>. SQLite has answered when a
/// call returns; PostgreSQL answers later, and each answer is a round trip: what needs none is only queued.
/// </summary>
internal abstract class Session
{
    /// <summary>What the engine says in words of its own.</summary>
    internal abstract Dialect Dialect { get; }

    /// <summary>Whether the current transaction added to the outbox or took from it; told to waiters after the commit.</summary>
    internal bool OutboxTouched { get; set; }

    /// <summary>The traceparent of whoever asked for this transaction; null when nobody follows it.</summary>
    internal string? Trace { get; set; }

    /// <summary>
    /// Nobody else decides about one of these keys before this transaction ends: what is read from now on stays true.
    /// All that a transaction will need are asked for at once (again is harmless), or two that want each other's would
    /// wait until one is undone.
    /// </summary>
    internal abstract void Lock(IEnumerable<string> keys);

    /// <summary>The same for keys that are made only where an engine asks for them.</summary>
    internal virtual void Lock<T>(T owner, Func<T, IEnumerable<string>> keys) => Lock(keys(owner));

    /// <summary>A statement that needs no answer: it goes with the next one that does, or with the commit.</summary>
    internal abstract void Write(string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters);

    /// <summary>Rows for a table, which need no answer either.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, separated by commas.</param>
    /// <param name="rows">A value for each column.</param>
    internal abstract void Insert(string table, string columns, IReadOnlyList<SqlValue[]> rows);

    /// <summary>Runs a statement and gives the number of rows that it changed.</summary>
    internal abstract ValueTask<int> ExecuteAsync(
        string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters);

    /// <summary>All rows.</summary>
    internal abstract ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<Row, T> map, params ReadOnlySpan<(string Name, SqlValue Value)> parameters);

    /// <summary>The first of the rows, which are few; the default when there is none.</summary>
    internal virtual ValueTask<T?> FirstAsync<T>(
        string sql, Func<Row, T> map, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        FirstOfAsync(QueryAsync(sql, map, parameters));

    /// <summary>The first column of the first row as a number; 0 when there is none.</summary>
    internal ValueTask<long> NumberAsync(string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        FirstAsync(sql, static row => row.IsNull(0) ? 0 : row.GetInt64(0), parameters);

    /// <summary>Whether there is a row.</summary>
    internal ValueTask<bool> AnyAsync(string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        FirstAsync(sql, static _ => true, parameters);

    private static async ValueTask<T?> FirstOfAsync<T>(ValueTask<List<T>> rows) =>
        await rows.ConfigureAwait(false) is [T first, ..] ? first : default;
}
