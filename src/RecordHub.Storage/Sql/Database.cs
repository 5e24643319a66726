using System.Runtime.CompilerServices;
using RecordHub.Core.Intake;
using RecordHub.Core.Telemetry;

namespace RecordHub.Storage.Sql;

/// <summary>A database of ours, on whichever engine.</summary>
internal abstract class Database : IAsyncDisposable
{
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(5);

    private bool _isFull;
    private long _lookedForRoom;

    /// <summary>Whether it is certain that there is none yet, before it is opened.</summary>
    internal virtual bool IsMissing => false;

    /// <summary>
    /// Whether its disk had no room for a write of this process since it was last found to have some. A small write may go
    /// on where a record finds no room, and says nothing.
    /// </summary>
    internal bool IsFull => Volatile.Read(ref _isFull);

    /// <summary>How often a full disk is looked at.</summary>
    internal TimeSpan BetweenLooks { get; init; } = s_betweenLooks;

    /// <summary>Completes when it is found damaged; from then on it is neither read nor written.</summary>
    internal abstract Task Damaged { get; }

    /// <summary>Set when this process recorded or hurried an order for storage commitment.</summary>
    internal AsyncSignal Commitments { get; } = new();

    /// <summary>Makes it where it is missing and brings it up to date; harmless twice, and by several processes at once.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be opened; the message says what to do.</exception>
    internal abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs a write in a transaction; durable when the task completes. It may run several times before it succeeds, and is
    /// undone as a whole each time that it does not.
    /// </summary>
    internal Task<T> WriteAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(work, before: null, isAnswered: false, cancellationToken).AsTask();

    /// <summary>The same, after what the rows speak of is on the disk.</summary>
    /// <param name="work">What is written.</param>
    /// <param name="before">What must be on the disk before; null when nothing must.</param>
    /// <param name="isAnswered">Whether the caller then only answers a sender, and waits for the network.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<T> WriteAsync<T>(
        Func<Session, ValueTask<T>> work, IFlush? before, bool isAnswered, CancellationToken cancellationToken)
    {
        Func<Session, ValueTask<T>> traced = TraceContext.Current is { } trace ? Carrying(work, trace) : work;
        long start = TimeProvider.System.GetTimestamp();
        bool done = false;
        try
        {
            T result = await WriteOnEngineAsync(traced, before, isAnswered, cancellationToken).ConfigureAwait(false);
            done = true;
            return result;
        }
        catch (StorageFullException)
        {
            Volatile.Write(ref _isFull, true);
            throw;
        }
        finally
        {
            HubMetrics.Transaction(write: true, done, TimeProvider.System.GetElapsedTime(start));
        }
    }

    /// <summary>Reads one state of the database.</summary>
    internal async Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        bool done = false;
        try
        {
            T result = await ReadOnEngineAsync(work, cancellationToken).ConfigureAwait(false);
            done = true;
            return result;
        }
        finally
        {
            HubMetrics.Transaction(write: false, done, TimeProvider.System.GetElapsedTime(start));
        }
    }

    /// <summary>The same, with statements whose best way depends on the values that are asked for.</summary>
    internal Task<T> SearchAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken) => ReadAsync(
        async session =>
        {
            if (session.Dialect.PlanForValues is { } wish)
            {
                session.Write(wish);
            }

            return await work(session).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Finds out by writing whether a full disk has room again.</summary>
    /// <exception cref="StorageFullException">It has none.</exception>
    internal async Task CheckRoomAsync(CancellationToken cancellationToken)
    {
        if (IsFull)
        {
            // Each look takes a little of the room that there is for the log.
            if (_lookedForRoom > 0 && TimeProvider.System.GetElapsedTime(_lookedForRoom) < BetweenLooks)
            {
                throw new StorageFullException("The database's disk is full.");
            }

            _lookedForRoom = TimeProvider.System.GetTimestamp();
            await WriteAsync(
                async session =>
                {
                    await FillAsync(session).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _isFull, false);
        }
    }

    /// <summary>Makes the database let go of what was deleted from it, as far as it can.</summary>
    internal abstract Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>How that is done, and what it leaves to the operator: a sentence for certificates.</summary>
    internal abstract string ScrubMethod { get; }

    /// <summary>Completes when a commit changed the outbox, or after the time.</summary>
    internal abstract Task WaitForOutboxAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>The engine's own way to write.</summary>
    protected abstract ValueTask<T> WriteOnEngineAsync<T>(
        Func<Session, ValueTask<T>> work, IFlush? before, bool isAnswered, CancellationToken cancellationToken);

    /// <summary>The engine's own way to read.</summary>
    protected abstract Task<T> ReadOnEngineAsync<T>(
        Func<Session, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Writes what takes room on the disk and leaves nothing.</summary>
    protected virtual async ValueTask FillAsync(Session session) =>
        await session.ExecuteAsync("UPDATE shared_key SET value = value").ConfigureAwait(false);

    // The engine may run it on another thread, where there is no current span, and together with writes of others.
    private static Func<Session, ValueTask<T>> Carrying<T>(Func<Session, ValueTask<T>> work, string trace) =>
        async session =>
        {
            session.Trace = trace;
            try
            {
                return await work(session).ConfigureAwait(false);
            }
            finally
            {
                session.Trace = null;
            }
        };
}
