using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
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
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>The stores as one process has them.</summary>
internal sealed class StoreNode(Database database, TimeProvider time) : IAsyncDisposable
{
    private readonly StorageOptions _options = new() { DataFolder = string.Empty };

    public IItemStore Items => new ItemStore(database, new VolumeSet(new VolumeFolder(Path.GetTempPath())), _options, time);

    public IOutbox Outbox => new OutboxStore(database, _options, time);

    public ILeases Leases => new LeaseStore(database, time);

    public IRetentionStore Retention => new RetentionStore(database, time);

    public IPullStore Pulls => new PullStore(database);

    public ISharedKeys Keys => new SharedKeyStore(database);

    public ICaseStore Cases => new CaseStore(database, time);

    public ILinkStore Links => new LinkStore(database);

    public IResourceStore Resources => new ResourceStore(database, time);

    public IInstanceStore Instances => new InstanceStore(database, _options, time);

    public IPackageStore Packages => new PackageStore(database, time);

    public IReaderStore Readers => new ReaderStore(database, time);

    public ICommitmentStore Commitments => new CommitmentStore(database, time);

    public IUploadLinkStore UploadLinks => new UploadLinkStore(database);

    public ITokenStore Tokens => new TokenStore(database);

    public IClientStore Clients => new ClientStore(database);

    public Task OpenAsync() => database.OpenAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
