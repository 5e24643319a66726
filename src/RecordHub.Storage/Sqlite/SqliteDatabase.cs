using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace RecordHub.Storage.Sqlite;

/// <summary>The database file: one writer, any number of readers. Other processes may use the file at the same time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int MostIdleReaders = 16;

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _connectionString;
    private readonly Lazy<SqliteWriter> _writer;

    internal SqliteDatabase(string file)
    {
        File = file;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 60,
        }.ToString();
        _writer = new Lazy<SqliteWriter>(() => new SqliteWriter(() => new SqliteSession(_connectionString, false), Outbox.Set));
    }

    internal string File { get; }

    /// <summary>Set when a commit of this process changed the outbox.</summary>
    internal AsyncSignal Outbox { get; } = new();

    /// <summary>Set when this process recorded or hurried an order for storage commitment.</summary>
    internal AsyncSignal Commitments { get; } = new();

    /// <summary>Runs a write in a transaction; durable when the task completes.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        // Once it is in the queue it is done: whether it was is then never in doubt.
        cancellationToken.ThrowIfCancellationRequested();
        return _writer.Value.WriteAsync(work);
    }

    /// <summary>Reads one state of the database. It runs at once: SQLite does not wait.</summary>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_readers.TryTake(out SqliteSession? session))
        {
            session = new SqliteSession(_connectionString, readOnly: true);
        }

        bool sound = false;
        try
        {
            session.Execute("BEGIN");
            T result = work(session);
            session.Execute("COMMIT");
            sound = true;
            return Task.FromResult(result);
        }
        finally
        {
            if (sound && _readers.Count < MostIdleReaders)
            {
                _readers.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }

        while (_readers.TryTake(out SqliteSession? session))
        {
            session.Dispose();
        }
    }
}
