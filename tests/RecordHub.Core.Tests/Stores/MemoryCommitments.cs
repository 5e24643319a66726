using RecordHub.Core.Access;
using RecordHub.Core.Commitment;

namespace RecordHub.Core.Tests.Stores;

/// <summary>Orders that are only looked at.</summary>
internal sealed class MemoryCommitments : ICommitmentStore
{
    internal List<CommitmentOrder> Orders { get; } = [];

    public Task<IReadOnlyList<CommitmentOrder>> ListOrdersAsync(
        Tenant tenant, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommitmentOrder>>([.. Orders.Where(one => one.Tenant == tenant).Take(count)]);

    public Task RecordAsync(CommitmentOrder order, CancellationToken cancellationToken)
    {
        Orders.Add(order);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommitmentJob>> TakeAsync(int count, TimeSpan lease, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task PostponeAsync(
        CommitmentJob job, DateTimeOffset until, string detail, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task CloseAsync(
        CommitmentJob job, CommitmentState state, string detail, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task HurryAsync(string? site, string callingAeTitle, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ReleaseAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommitmentEntry>> ListAsync(
        CommitmentState state, Tenant? tenant, int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> CountAbandonedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException();
}
