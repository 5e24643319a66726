using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>SQLite in a folder that goes with the test.</summary>
public sealed class SqliteHarness : StoreHarness
{
    private readonly StorageOptions _options;
    private readonly SqliteDatabase _database;

    public SqliteHarness()
    {
        _options = new StorageOptions
        {
            DataFolder = Path.Combine(Path.GetTempPath(), "recordhub-" + Guid.NewGuid().ToString("N")),
            MinFreeBytes = 0,
        };
        _database = new SqliteDatabase(_options.DatabasePath);
    }

    public override IItemStore Items => new SqliteItemStore(_database, _options, Time);

    public override IOutbox Outbox => new SqliteOutbox(_database, _options, Time);

    public override ICaseStore Cases => new SqliteCaseStore(_database, Time);

    public override IResourceStore Resources => new SqliteResourceStore(_database, Time);

    public override IInstanceStore Instances => new SqliteInstanceStore(_database, _options, Time);

    public override IPackageStore Packages => new SqlitePackageStore(_database, Time);

    public override ICommitmentStore Commitments => new SqliteCommitmentStore(_database, Time);

    public override ITokenStore Tokens => new SqliteTokenStore(_database);

    public override Task OpenAsync() =>
        new RecordHubStorage(_options, _database, new FileBlobStore(_options, Time), Time).OpenAsync(CancellationToken.None);

    public override ValueTask DisposeAsync()
    {
        _database.Dispose();
        if (Directory.Exists(_options.DataFolder))
        {
            Directory.Delete(_options.DataFolder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
