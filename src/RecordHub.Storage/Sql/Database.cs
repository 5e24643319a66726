using RecordHub.Core.Telemetry;

namespace RecordHub.Storage.Sql;

/// <summary>A database of ours, on whichever engine.</summary>
internal abstract class Database : IAsyncDisposable
{
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
        TraceContext.Current is { } trace
            ? WriteMeasuredAsync(Carrying(work, trace), cancellationToken)
            : WriteMeasuredAsync(work, cancellationToken);

    /// <summary>Reads one state of the database.</summary>
    internal Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken) =>
        HubMetrics.TimesDatabase
            ? TimedAsync(work, write: false, cancellationToken)
            : ReadOnEngineAsync(work, cancellationToken);

    /// <summary>Makes the database let go of what was deleted from it, as far as it can.</summary>
    internal abstract Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>How that is done, and what it leaves to the operator: a sentence for certificates.</summary>
    internal abstract string ScrubMethod { get; }

    /// <summary>Completes when a commit changed the outbox, or after the time.</summary>
    internal abstract Task WaitForOutboxAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>The engine's own way to write.</summary>
    protected abstract Task<T> WriteOnEngineAsync<T>(
        Func<Session, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>The engine's own way to read.</summary>
    protected abstract Task<T> ReadOnEngineAsync<T>(
        Func<Session, ValueTask<T>> work, CancellationToken cancellationToken);

    private Task<T> WriteMeasuredAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken) =>
        HubMetrics.TimesDatabase
            ? TimedAsync(work, write: true, cancellationToken)
            : WriteOnEngineAsync(work, cancellationToken);

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

    private async Task<T> TimedAsync<T>(
        Func<Session, ValueTask<T>> work, bool write, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        bool done = false;
        try
        {
            T result = await (write
                ? WriteOnEngineAsync(work, cancellationToken) : ReadOnEngineAsync(work, cancellationToken)).ConfigureAwait(false);
            done = true;
            return result;
        }
        finally
        {
            HubMetrics.Transaction(write, done, TimeProvider.System.GetElapsedTime(start));
        }
    }
}
