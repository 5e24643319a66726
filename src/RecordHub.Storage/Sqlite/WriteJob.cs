using System.Threading.Tasks.Sources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Sqlite;

/// <summary>One write that waits for its turn in a transaction.</summary>
internal abstract class WriteJob
{
    /// <summary>What must be on the disk before the transaction begins; null when nothing must.</summary>
    internal IFlush? Before { get; init; }

    /// <summary>Does the work inside the open transaction.</summary>
    internal abstract void Run(SqliteSession session);

    /// <summary>Tells the caller that the commit is durable.</summary>
    internal abstract void Succeed();

    /// <summary>Tells the caller that nothing of it was kept.</summary>
    internal abstract void Fail(Exception reason);
}

/// <summary>A write with its result, which is its own task: one is made for each instance that comes.</summary>
internal sealed class WriteJob<T> : WriteJob, IValueTaskSource<T>
{
    private readonly Func<Session, ValueTask<T>> _work;
    private ManualResetValueTaskSourceCore<T> _done = new() { RunContinuationsAsynchronously = true };
    private (bool Ran, T Result) _outcome;

    internal WriteJob(Func<Session, ValueTask<T>> work) => _work = work;

    /// <summary>What became of it; to be awaited once.</summary>
    internal ValueTask<T> Answer => new(this, _done.Version);

    internal override void Run(SqliteSession session) => _outcome = (true, SqliteSession.ResultOf(_work(session)));

    internal override void Succeed() => _done.SetResult(
        _outcome.Ran
            ? _outcome.Result
            : throw new InvalidOperationException("A write that did not run cannot succeed."));

    internal override void Fail(Exception reason) => _done.SetException(reason);

    T IValueTaskSource<T>.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
