using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Purging;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>The store as a whole: opened once, before anything reads or writes it.</summary>
public sealed class RecordHubStorage
{
    private const int ThreadsForDisk = 32;
    private const long FullDatabaseDisk = 1L << 20;
    private static readonly TimeSpan s_halfWritten = TimeSpan.FromMinutes(1);

    private readonly StorageOptions _options;
    private readonly Database _database;
    private readonly FileBlobStore _blobs;
    private readonly S3BlobStore? _objectStore;
    private readonly VolumeBlobStore _volumes;
    private readonly VolumeSweep _gaps;
    private readonly SpareBlobs _spare;
    private readonly OrphanBlobs _orphans;
    private readonly StoreIdentity _identity;
    private readonly TimeProvider _time;
    private readonly DriveInfo? _databaseDisk;

    internal RecordHubStorage(
        StorageOptions options, Database database, FileBlobStore blobs, VolumeBlobStore volumes, S3BlobStore? objectStore,
        TimeProvider time)
    {
        _objectStore = objectStore;
        _options = options;
        _database = database;
        _blobs = blobs;
        _volumes = volumes;
        IBlobStore store = objectStore is null ? volumes : objectStore;
        _gaps = new VolumeSweep(new VolumeFolder(options.BlobPath), database, time);
        _spare = new SpareBlobs(database, store, time);
        _orphans = new OrphanBlobs(
            database, objectStore is null ? blobs : objectStore, new BlobRemoval(database, store, time), time);
        _identity = new StoreIdentity(
            database, objectStore is null ? new FolderMark(blobs.Folder) : objectStore.Mark);
        _time = time;
        _databaseDisk = options.PostgresConnection is null && Path.GetDirectoryName(options.DatabasePath) is { } folder
            ? new DriveInfo(folder) : null;
    }

    /// <summary>
    /// Makes the folders and the database where they are missing, brings the schema up to date, and sweeps what a killed
    /// process left half-written. Opening twice is harmless, and so is opening by two processes at once.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It cannot be opened here; the message says what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // A commit waits for the disk on its thread; the pool's first few threads alone would be few for many senders.
        ThreadPool.GetMinThreads(out int threads, out int ports);
        ThreadPool.SetMinThreads(Math.Max(threads, ThreadsForDisk), ports);
        try
        {
            PrivateFolder.Create(_blobs.Folder.Root);
            Directory.CreateDirectory(_blobs.Folder.Incoming);
            Directory.CreateDirectory(new VolumeFolder(_options.BlobPath).Root);
            if (_database.IsMissing && _objectStore is null)
            {
                await _identity.CheckNewAsync(cancellationToken).ConfigureAwait(false);
            }

            await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await OwedIndex.PayAsync(_database, cancellationToken).ConfigureAwait(false);
            _blobs.Folder.Sweep(_time.GetUtcNow() - s_halfWritten);
            if (_objectStore is not null)
            {
                await _objectStore.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            await _identity.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StorageDamagedException damaged)
        {
            throw new StorageUnavailableException(damaged.Message, damaged);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"The data folder {_options.DataFolder} cannot be written; make it writable for this user, or use another "
                + "folder.", exception);
        }
    }

    /// <summary>
    /// Puts up what waits for the object store; gives how many blobs went. Called every few seconds by every process that
    /// takes something in; nothing happens without an object store.
    /// </summary>
    public Task<int> DrainAsync(CancellationToken cancellationToken) =>
        _objectStore?.DrainAsync(cancellationToken) ?? Task.FromResult(0);

    /// <summary>How many bytes wait for the object store.</summary>
    public long WaitingBytes => _objectStore?.WaitingBytes ?? 0;

    /// <summary>How many bytes may wait for the object store; 0 without one.</summary>
    public long MaxWaitingBytes => _options.ObjectStore?.MaxSpoolBytes ?? 0;

    /// <summary>Free bytes on the blobs' disk.</summary>
    /// <exception cref="StorageAwayException">The folder is not there, or its disk does not answer.</exception>
    public long FreeBytes => _blobs.FreeBytes;

    /// <summary>Free bytes below which nothing more is taken.</summary>
    public long MinFreeBytes => _options.MinFreeBytes;

    /// <summary>Whether the blobs' disk has room for more.</summary>
    /// <exception cref="StorageAwayException">The folder is not there, or its disk does not answer.</exception>
    public bool HasRoom => _blobs.HasRoom;

    /// <summary>Asks the database for an answer, and whether it has room.</summary>
    /// <exception cref="StorageAwayException">It was removed, or does not answer.</exception>
    /// <exception cref="StorageFullException">Its disk is full.</exception>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        if (_database.IsMissing)
        {
            throw new StorageAwayException("The database was removed while it is in use.");
        }

        await _database.ReadAsync(static session => session.NumberAsync("SELECT 1 + COUNT(*) FROM lease"), cancellationToken)
            .ConfigureAwait(false);
        if (_databaseDisk is { AvailableFreeSpace: < FullDatabaseDisk })
        {
            throw new StorageFullException("The database's disk is full.");
        }

        // Nothing else may be written while nobody sends.
        await _database.CheckRoomAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when the database is found damaged; from then on nothing is read from it or written to it.</summary>
    public Task Damaged => _database.Damaged;

    /// <summary>Looks at the open store: blobs, keys, what fails and what is not done. Nothing is changed.</summary>
    public Task<StoreFindings> LookAsync(CancellationToken cancellationToken) =>
        new StoreLook(_database, _blobs, _volumes, _objectStore, _options.Keys).RunAsync(cancellationToken);

    /// <summary>Wraps the keys of the encrypted blobs in the folder with the active key.</summary>
    /// <exception cref="InvalidOperationException">No key is configured.</exception>
    public Task<KeyRotationResult> RotateKeysAsync(
        IProgress<KeyRotationResult>? progress, CancellationToken cancellationToken) =>
        new KeyRotation(
            _blobs.Folder, new VolumeFolder(_options.BlobPath), _database,
            _options.Keys ?? throw new InvalidOperationException("No key is configured.")).RunAsync(progress, cancellationToken);

    /// <summary>Removes blobs that nothing names any more; gives how many. Called now and then by a worker.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken) =>
        !await _identity.IsKnownAsync(cancellationToken).ConfigureAwait(false)
        ? 0
        : await _spare.SweepAsync(cancellationToken).ConfigureAwait(false)
        + await _orphans.SweepAsync(cancellationToken).ConfigureAwait(false)
        + await _gaps.SweepAsync(cancellationToken).ConfigureAwait(false);
}
