using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
using RecordHub.Storage.Backups;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Postgres;
using RecordHub.Storage.Purging;
using RecordHub.Storage.Sql;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage;

/// <summary>Registers the store: SQLite or PostgreSQL, and a folder of blobs.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds every store interface of Core and <see cref="RecordHubStorage"/>, which must be opened before use. Needs a
    /// <see cref="TimeProvider"/> only if another than the system's is wanted.
    /// </summary>
    public static IServiceCollection AddRecordHubStorage(this IServiceCollection services, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(static provider => DatabaseOf(Options(provider)));
        services.AddSingleton(static provider => new FileBlobStore(Options(provider), Time(provider)));
        services.AddSingleton(static provider => new VolumeSet(
            new VolumeFolder(Options(provider).BlobPath), Options(provider).FlushesBlobs, Options(provider).MinFreeBytes));
        services.AddSingleton(static provider => new VolumeBlobStore(
            provider.GetRequiredService<FileBlobStore>(), provider.GetRequiredService<VolumeSet>(), Database(provider),
            Options(provider)));
        services.AddSingleton(static provider => new RecordHubStorage(
            Options(provider), Database(provider), provider.GetRequiredService<FileBlobStore>(),
            provider.GetRequiredService<VolumeBlobStore>(), provider.GetService<S3BlobStore>(), Time(provider)));
        if (options.ObjectStore is { } objectStore)
        {
            services.AddSingleton(new S3Objects(objectStore));
            services.AddSingleton(provider => new S3BlobStore(
                provider.GetRequiredService<S3Objects>(), provider.GetRequiredService<FileBlobStore>(), objectStore,
                Time(provider)));
        }

        services.AddSingleton(static provider => new Backup(CopyOf(Options(provider)), Stored(provider), Time(provider)));
        services.AddSingleton(static provider => new Restore(
            CopyOf(Options(provider)), Stored(provider), provider.GetRequiredService<FileBlobStore>().Folder, Mark(provider)));
        services.AddSingleton<IBlobStore>(static provider => Blobs(provider, Options(provider)));
        services.AddSingleton<IItemStore>(static provider =>
            new ItemStore(Database(provider), provider.GetRequiredService<VolumeSet>(), Options(provider), Time(provider)));
        services.AddSingleton<IOutbox>(static provider =>
            new OutboxStore(Database(provider), Options(provider), Time(provider)));
        services.AddSingleton<ILeases>(static provider => new LeaseStore(Database(provider), Time(provider)));
        services.AddSingleton<IPullStore>(static provider => new PullStore(Database(provider)));
        services.AddSingleton<ICaseStore>(static provider => new CaseStore(Database(provider), Time(provider)));
        services.AddSingleton<ILinkStore>(static provider => new LinkStore(Database(provider)));
        services.AddSingleton<IResourceStore>(static provider =>
            new ResourcesOfScope(new ResourceStore(Database(provider), Time(provider))));
        services.AddSingleton<IInstanceStore>(static provider =>
            new InstanceStore(Database(provider), Options(provider), Time(provider)));
        services.AddSingleton<IPackageStore>(static provider =>
            new PackageStore(Database(provider), Time(provider)));
        services.AddSingleton<IReaderStore>(static provider => new ReaderStore(Database(provider), Time(provider)));
        services.AddSingleton<ICasePurges>(static provider =>
            new CasePurges(Database(provider), provider.GetRequiredService<IBlobStore>(), Options(provider), Time(provider)));
        services.AddSingleton<IRetentionStore>(static provider => new RetentionStore(Database(provider), Time(provider)));
        services.AddSingleton<ICommitmentStore>(static provider => new CommitmentStore(Database(provider), Time(provider)));
        services.AddSingleton<ISharedKeys>(static provider => new SharedKeyStore(Database(provider)));
        services.AddSingleton<ITokenStore>(static provider => new TokenStore(Database(provider)));
        services.AddSingleton<IClientStore>(static provider => new ClientStore(Database(provider)));
        services.AddSingleton<IUploadLinkStore>(static provider => new UploadLinkStore(Database(provider)));
        return services;
    }

    private static Database DatabaseOf(StorageOptions options) => options.PostgresConnection is { } connection
        ? new PostgresDatabase(connection)
        : new SqliteDatabase(options.DatabasePath, options.LockWait);

    private static DatabaseCopy CopyOf(StorageOptions options) => options.PostgresConnection is { } connection
        ? new PostgresCopy(connection)
        : new SqliteCopy(options.DatabasePath);

    private static MeasuredBlobStore Blobs(IServiceProvider provider, StorageOptions options) => new(
        options.Keys is { } keys ? new EncryptedBlobStore(Stored(provider), keys) : Stored(provider), Time(provider));

    // As they are stored, encrypted or not.
    private static IBlobStore Stored(IServiceProvider provider) => Options(provider).ObjectStore is null
        ? provider.GetRequiredService<VolumeBlobStore>() : provider.GetRequiredService<S3BlobStore>();

    private static IStoreMark Mark(IServiceProvider provider) => Options(provider).ObjectStore is null
        ? new FolderMark(provider.GetRequiredService<FileBlobStore>().Folder) : provider.GetRequiredService<S3BlobStore>().Mark;

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<StorageOptions>();

    private static Database Database(IServiceProvider provider) => provider.GetRequiredService<Database>();

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
