using RecordHub.Core.Access;

namespace RecordHub.Core.Commitment;

/// <summary>Remembers orders until their senders have confirmed the report.</summary>
/// <remarks>
/// Not a topic of the outbox: an order may wait for days for a peer that is away, has no message on a broker, and is worked
/// on where the sender's association is.
/// </remarks>
public interface ICommitmentStore : ICommitmentOrders
{
    /// <summary>Takes jobs that are due, oldest first, and leases them: one that is neither closed nor postponed by then is due again.</summary>
    Task<IReadOnlyList<CommitmentJob>> TakeAsync(int count, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Puts a job off.</summary>
    Task PostponeAsync(CommitmentJob job, DateTimeOffset until, string detail, CancellationToken cancellationToken);

    /// <summary>Ends a job, unless it was asked for again meanwhile: then it is due again.</summary>
    Task CloseAsync(CommitmentJob job, CommitmentState state, string detail, CancellationToken cancellationToken);

    /// <summary>Ends all leases: called once at the start of an embedded store.</summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken);

    /// <summary>Orders in a state, last asked first; of one tenant, or of all when none is named.</summary>
    Task<IReadOnlyList<CommitmentEntry>> ListAsync(
        CommitmentState state, Tenant? tenant, int count, CancellationToken cancellationToken);

    /// <summary>How many orders were abandoned, over all tenants.</summary>
    Task<long> CountAbandonedAsync(CancellationToken cancellationToken);

    /// <summary>What was ordered of a tenant, whatever came of it; last asked first.</summary>
    Task<IReadOnlyList<CommitmentOrder>> ListOrdersAsync(Tenant tenant, int count, CancellationToken cancellationToken);

    /// <summary>Forgets reported orders that were asked before a time; gives how many.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Completes when an order was recorded or hurried by this process, or after <paramref name="atMost"/>.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
