namespace RecordHub.Core.Outbox;

/// <summary>The handoff: rows committed with what they are about, and removed by the step that did it.</summary>
public interface IOutbox
{
    /// <summary>
    /// Takes entries that are due, oldest first, and leases them for <paramref name="lease"/>: an entry not completed by
    /// then is due again. Never more than <paramref name="count"/> are leased at a time, over all processes.
    /// </summary>
    Task<IReadOnlyList<OutboxEntry>> TakeAsync(
        int count, string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the leases of a living process: of what it took less than <paramref name="longest"/> ago and is on its way,
    /// and of what runs in it, whoever took that.
    /// </summary>
    Task RenewAsync(
        string owner, IReadOnlyCollection<OutboxEntry> running, TimeSpan lease, TimeSpan longest,
        CancellationToken cancellationToken);

    /// <summary>Gives an entry back undone: it is due again at once.</summary>
    Task HandBackAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Gives back all that a process took.</summary>
    Task HandBackAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Removes an entry if it is still of this generation.</summary>
    Task CompleteAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Puts an entry off after a failure; it is due again at the given time, with the counts that it names.</summary>
    Task PostponeAsync(OutboxEntry entry, DateTimeOffset until, string error, CancellationToken cancellationToken);

    /// <summary>Ends all leases: called once at the start of an embedded store, whose messages died with the process.</summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken);

    /// <summary>The entry of a number; null when it is done.</summary>
    Task<OutboxEntry?> FindAsync(long number, CancellationToken cancellationToken);

    /// <summary>Whether an entry waits or is being worked on; one that was given up does neither.</summary>
    Task<bool> IsWaitingAsync(OutboxTopic topic, string key, CancellationToken cancellationToken);

    /// <summary>Those of the keys whose entries wait or are being worked on.</summary>
    Task<IReadOnlySet<string>> WhichWaitAsync(
        OutboxTopic topic, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>How many entries wait, leased ones included.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>The same, counted no further than a number.</summary>
    Task<long> CountAsync(long atMost, CancellationToken cancellationToken);

    /// <summary>How much waits, how much of it fails, and since when.</summary>
    Task<OutboxDepth> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Entries whose last attempt failed, those that were given up included; longest failing first.</summary>
    Task<IReadOnlyList<FailedEntry>> ListFailedAsync(int count, CancellationToken cancellationToken);

    /// <summary>Makes a failed entry due now, as if it had never failed; false when there is none.</summary>
    Task<bool> RetryAsync(OutboxTopic topic, string key, CancellationToken cancellationToken);

    /// <summary>Completes when something was added by this process, or after <paramref name="atMost"/>.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
