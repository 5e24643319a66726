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

/// <summary>A write with its result.</summary>
internal sealed class WriteJob<T>(Func<Session, ValueTask<T>> work) : WriteJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _succeed;

    internal Task<T> Task => _done.Task;

    internal override void Run(SqliteSession session)
    {
        T result = SqliteSession.ResultOf(work(session));
        _succeed = () => _done.SetResult(result);
    }

    internal override void Succeed() =>
        (_succeed ?? throw new InvalidOperationException("A write that did not run cannot succeed."))();

    internal override void Fail(Exception reason) => _done.SetException(reason);
}
