namespace RecordHub.Core.Outbox;

/// <summary>The handoff: rows committed with what they are about, and removed by the step that did it.</summary>
public interface IOutbox
{
    /// <summary>
    /// Takes entries that are due, oldest first, and leases them for <paramref name="lease"/>: an entry not completed by
    /// then is due again. Never more than <paramref name="count"/> are leased at a time, over all processes.
    /// </summary>
    Task<IReadOnlyList<OutboxEntry>> TakeAsync(int count, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes an entry if it is still of this generation.</summary>
    Task CompleteAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Puts an entry off after a failure; it is due again at the given time, with the attempts that it names.</summary>
    Task PostponeAsync(OutboxEntry entry, DateTimeOffset until, string error, CancellationToken cancellationToken);

    /// <summary>Ends all leases: called once at the start of an embedded store, whose messages died with the process.</summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken);

    /// <summary>Whether an entry waits or is being worked on.</summary>
    Task<bool> IsWaitingAsync(OutboxTopic topic, string key, CancellationToken cancellationToken);

    /// <summary>How many entries wait, leased ones included.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Completes when something was added by this process, or after <paramref name="atMost"/>.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
