using Microsoft.Data.Sqlite;
using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// The one writer of a process. Writes that wait together share a transaction, so that one flush of the disk answers for
/// all of them; each stands in a savepoint of its own, so that a failed one does not take the others with it.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostTogether = 256;

    // sqlite3.h
    private const int Busy = 5;
    private const int Locked = 6;
    private const int InputOutputError = 10;
    private const int DiskFull = 13;
    private const int CannotOpen = 14;

    private readonly WaitingQueue<WriteJob> _queue = new();
    private readonly Func<SqliteSession> _open;
    private readonly Action _outboxTouched;
    private readonly Thread _thread;

    internal SqliteWriter(Func<SqliteSession> open, Action outboxTouched)
    {
        _open = open;
        _outboxTouched = outboxTouched;
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    internal Task<T> WriteAsync<T>(Func<Session, ValueTask<T>> work)
    {
        WriteJob<T> job = new(work);
        _queue.Add(job);
        return job.Task;
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
            try
            {
                session ??= _open();
                Commit(session, batch);
            }
#pragma warning disable CA1031 // the boundary of the writer's thread: every caller is told, and the thread lives
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Exception reason = Translate(exception);
                batch.ForEach(failed => failed.Fail(failed.Failure ?? reason));

                // A connection in an unknown state is not used again.
                session?.Dispose();
                session = null;
            }

            batch.Clear();
        }

        session?.Dispose();
    }

    private void Commit(SqliteSession session, List<WriteJob> batch)
    {
        session.OutboxTouched = false;
        session.Execute("BEGIN IMMEDIATE");
        foreach (WriteJob job in batch)
        {
            RunAlone(session, job);
        }

        session.Execute("COMMIT");
        if (session.OutboxTouched)
        {
            _outboxTouched();
        }

        foreach (WriteJob job in batch)
        {
            if (job.Failure is { } failure)
            {
                job.Fail(failure);
            }
            else
            {
                job.Succeed();
            }
        }
    }

    private static void RunAlone(SqliteSession session, WriteJob job)
    {
        session.Execute("SAVEPOINT job");
        try
        {
            job.Run(session);
        }
#pragma warning disable CA1031 // it is the caller's, who gets it; the writes beside it go on
        catch (Exception exception)
#pragma warning restore CA1031
        {
            job.Failure = Translate(exception);
            if (!session.InTransaction)
            {
                throw; // SQLite undid the whole transaction: nobody's write stands.
            }

            session.Execute("ROLLBACK TO job");
        }

        session.Execute("RELEASE job");
    }

    private static Exception Translate(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: DiskFull } => new StorageFullException("The database's disk is full.", exception),
        SqliteException { SqliteErrorCode: Busy or Locked or InputOutputError or CannotOpen } away =>
            new StorageAwayException($"The database is held or away (SQLite {away.SqliteErrorCode}).", exception),
        _ => exception,
    };
}
