using Microsoft.Extensions.Time.Testing;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>The stores over an empty database of one engine, for the tests that every engine must pass.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    private readonly StorageOptions _options = new() { DataFolder = string.Empty };

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public IItemStore Items => new ItemStore(Database, _options, Time);

    public IOutbox Outbox => new OutboxStore(Database, _options, Time);

    public ICaseStore Cases => new CaseStore(Database, Time);

    public IResourceStore Resources => new ResourceStore(Database, Time);

    public IInstanceStore Instances => new InstanceStore(Database, _options, Time);

    public IPackageStore Packages => new PackageStore(Database, Time);

    public ICommitmentStore Commitments => new CommitmentStore(Database, Time);

    public ITokenStore Tokens => new TokenStore(Database);

    internal abstract Database Database { get; }

    public abstract Task OpenAsync();

    public abstract ValueTask DisposeAsync();
}
