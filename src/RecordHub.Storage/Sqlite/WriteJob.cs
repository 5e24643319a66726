using System.Threading.Tasks.Sources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Sqlite;

/// <summary>One write that waits for its turn in a transaction.</summary>
internal abstract class WriteJob : IThreadPoolWorkItem
{
    /// <summary>So many callers that only answer go on one after the other; more of them on several threads.</summary>
    private const int MostTogether = 4;

    private WriteJob? _next;

    /// <summary>What must be on the disk before the transaction begins; null when nothing must.</summary>
    internal IFlush? Before { get; init; }

    /// <summary>Whether the caller only answers a sender, and then waits for the network.</summary>
    internal bool IsAnswered { get; init; }

    /// <summary>
    /// Lets the callers of writes go on, now that the commit is durable: those that only answer one after the other on one
    /// thread of the pool, as waking a thread for each costs more than their answers.
    /// </summary>
    internal static void Succeed(List<WriteJob> batch)
    {
        WriteJob? first = null;
        int together = 0;
        for (int i = batch.Count - 1; i >= 0; i--)
        {
            WriteJob job = batch[i];
            if (!job.IsAnswered)
            {
                ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
                continue;
            }

            job._next = first;
            first = job;
            if (++together == MostTogether)
            {
                ThreadPool.UnsafeQueueUserWorkItem(first, preferLocal: false);
                (first, together) = (null, 0);
            }
        }

        if (first is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(first, preferLocal: false);
        }
    }

    /// <summary>Does the work inside the open transaction.</summary>
    internal abstract void Run(SqliteSession session);

    /// <summary>Tells the caller that nothing of it was kept.</summary>
    internal abstract void Fail(Exception reason);

    /// <summary>Lets the caller go on, on this thread, and those that go on with it.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        // Whoever goes on may be done with its job, so what comes next is read before.
        WriteJob? job = this;
        while (job is not null)
        {
            WriteJob? next = job._next;
            job.GoOn();
            job = next;
        }
    }

    /// <summary>Lets the caller go on, on this thread.</summary>
    protected abstract void GoOn();
}

/// <summary>A write with its result, which is its own task: one is made for each instance that comes.</summary>
internal sealed class WriteJob<T>(Func<Session, ValueTask<T>> work) : WriteJob, IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _done;
    private (bool Ran, T Result) _outcome;
    private Exception? _failure;

    /// <summary>What became of it; to be awaited once.</summary>
    internal ValueTask<T> Answer => new(this, _done.Version);

    internal override void Run(SqliteSession session) => _outcome = (true, SqliteSession.ResultOf(work(session)));

    internal override void Fail(Exception reason)
    {
        _failure = reason;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void GoOn()
    {
        // It may have run, and been undone with others.
        if (_failure is null && _outcome.Ran)
        {
            _done.SetResult(_outcome.Result);
        }
        else
        {
            _done.SetException(_failure ?? new InvalidOperationException("A write that did not run cannot succeed."));
        }
    }

    T IValueTaskSource<T>.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
