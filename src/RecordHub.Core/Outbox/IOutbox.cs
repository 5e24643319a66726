namespace RecordHub.Core.Outbox;

/// <summary>The handoff: rows committed with what they are about, and removed by the step that did it.</summary>
public interface IOutbox
{
    /// <summary>
    /// Takes up to <paramref name="count"/> entries that are due and leases them for <paramref name="lease"/>: an entry
    /// not completed by then is due again. Ordered by age.
    /// </summary>
    Task<IReadOnlyList<OutboxEntry>> TakeAsync(int count, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes an entry if it is still of this generation.</summary>
    Task CompleteAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Puts an entry off after a failure; it is due again at the given time.</summary>
    Task PostponeAsync(OutboxEntry entry, DateTimeOffset until, string error, CancellationToken cancellationToken);

    /// <summary>Ends all leases: called once at the start of an embedded store, whose messages died with the process.</summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken);

    /// <summary>How many entries wait, leased ones included.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Completes when something was added by this process, or after <paramref name="atMost"/>.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
