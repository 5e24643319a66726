using Microsoft.Extensions.Time.Testing;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>An empty store of one kind, for the tests that every kind must pass.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public abstract IItemStore Items { get; }

    public abstract IOutbox Outbox { get; }

    public abstract ICaseStore Cases { get; }

    public abstract IResourceStore Resources { get; }

    public abstract IInstanceStore Instances { get; }

    public abstract IPackageStore Packages { get; }

    public abstract ICommitmentStore Commitments { get; }

    public abstract ITokenStore Tokens { get; }

    public abstract Task OpenAsync();

    public abstract ValueTask DisposeAsync();
}
