using Microsoft.Data.Sqlite;
using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// The one writer of a process. Writes that wait together share a transaction, so that one flush of the disk answers for
/// all of them, and one for the blobs that their rows speak of: on its own thread, as handing that over costs more. When
/// one of them fails the transaction is undone, and each runs again in one of its own: a savepoint for each, which would
/// keep a copy of all pages that they touch, costs more than that happens.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostTogether = 256;

    private readonly WaitingQueue<WriteJob> _queue = new();
    private readonly Func<SqliteSession> _open;
    private readonly Action _outboxTouched;
    private readonly Func<bool> _isMissing;
    private readonly StoreDamage _damage;
    private readonly Thread _thread;

    internal SqliteWriter(Func<SqliteSession> open, Action outboxTouched, Func<bool> isMissing, StoreDamage damage)
    {
        _open = open;
        _outboxTouched = outboxTouched;
        _isMissing = isMissing;
        _damage = damage;
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    internal ValueTask<T> WriteAsync<T>(Func<Session, ValueTask<T>> work, IFlush? before, bool isAnswered)
    {
        WriteJob<T> job = new(work) { Before = before, IsAnswered = isAnswered };
        _queue.Add(job);
        return job.Answer;
    }

    /// <summary>Finishes what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.End();
        _thread.Join();
    }

    private void Run()
    {
        SqliteSession? session = null;
        List<WriteJob> batch = [];
        while (_queue.Take(batch, MostTogether))
        {
            session = Write(session, batch);
            batch.Clear();
        }

        session?.Dispose();
    }

    // The session, while it can be used again.
    private SqliteSession? Write(SqliteSession? session, List<WriteJob> batch)
    {
        try
        {
            session ??= _open();
            Commit(session, batch);
            return session;
        }
#pragma warning disable CA1031 // the boundary of the writer's thread: every caller is told, and the thread lives
        catch (Exception exception)
#pragma warning restore CA1031
        {
            session = Undo(session, exception);
            Exception reason = SqliteFailures.Translate(_damage.Translate(exception));
            if (batch is [WriteJob alone])
            {
                alone.Fail(reason);
                return session;
            }
        }

        foreach (WriteJob job in batch)
        {
            session = Write(session, [job]);
        }

        return session;
    }

    private void Commit(SqliteSession session, List<WriteJob> batch)
    {
        _damage.ThrowIfSeen();

        // One for all, but while one volume is full and the next begins; a second of the same would only cost.
        IFlush? done = null;
        foreach (WriteJob job in batch)
        {
            if (job.Before is { } flush && !flush.Equals(done))
            {
                flush.Run();
                done = flush;
            }
        }

        if (_isMissing())
        {
            // What is committed to a file without a name is gone with its process.
            throw new StorageAwayException("The database was removed while it is in use: put it back, and start again.");
        }

        session.OutboxTouched = false;
        session.Execute("BEGIN IMMEDIATE");
        foreach (WriteJob job in batch)
        {
            job.Run(session);
        }

        session.Commit();
        if (session.OutboxTouched)
        {
            _outboxTouched();
        }

        WriteJob.Succeed(batch);
    }

    // A connection in an unknown state is not used again: whatever it had begun ends with it.
    private static SqliteSession? Undo(SqliteSession? session, Exception exception)
    {
        if (exception is not SqliteException && session is { InTransaction: true })
        {
            try
            {
                session.Execute("ROLLBACK");
                return session;
            }
            catch (SqliteException)
            {
                // It ends with the connection instead; the caller is told why the write failed, which is not this.
            }
        }

        session?.Dispose();
        return null;
    }
}
