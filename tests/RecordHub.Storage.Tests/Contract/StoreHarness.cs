using Microsoft.Extensions.Time.Testing;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Links;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Requests;
using RecordHub.Core.Resources;
using RecordHub.Core.Retention;
using RecordHub.Core.Uploads;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>The stores over an empty database of one engine, for the tests that every engine must pass.</summary>
public abstract class StoreHarness
{
    private readonly List<StoreNode> _nodes = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public IItemStore Items => _nodes[0].Items;

    public IOutbox Outbox => _nodes[0].Outbox;

    public ILeases Leases => _nodes[0].Leases;

    public IPullStore Pulls => _nodes[0].Pulls;

    public ICaseStore Cases => _nodes[0].Cases;

    public ILinkStore Links => _nodes[0].Links;

    public IResourceStore Resources => _nodes[0].Resources;

    public IInstanceStore Instances => _nodes[0].Instances;

    public IPackageStore Packages => _nodes[0].Packages;

    public IReaderStore Readers => _nodes[0].Readers;

    public ICommitmentStore Commitments => _nodes[0].Commitments;

    public ITokenStore Tokens => _nodes[0].Tokens;

    public IUploadLinkStore UploadLinks => _nodes[0].UploadLinks;

    public IRetentionStore Retention => _nodes[0].Retention;

    public async Task OpenAsync()
    {
        await PrepareAsync();
        await AddNodeAsync();
    }

    public async Task CloseAsync()
    {
        foreach (StoreNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        await RemoveAsync();
    }

    /// <summary>The stores as a further process on the same database has them.</summary>
    internal async Task<StoreNode> AddNodeAsync()
    {
        StoreNode node = new(Connect(), Time);
        _nodes.Add(node);
        await node.OpenAsync();
        return node;
    }

    internal abstract Database Connect();

    /// <summary>Makes an empty place for the database.</summary>
    protected abstract Task PrepareAsync();

    protected abstract Task RemoveAsync();
}
