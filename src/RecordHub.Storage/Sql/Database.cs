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
    internal abstract Task<T> WriteAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Reads one state of the database.</summary>
    internal abstract Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Completes when a commit changed the outbox, or after the time.</summary>
    internal abstract Task WaitForOutboxAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
