using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>The store as a whole: opened once, before anything reads or writes it.</summary>
public sealed class RecordHubStorage
{
    private const int ThreadsForDisk = 32;
    private static readonly TimeSpan s_halfWritten = TimeSpan.FromMinutes(1);

    private readonly StorageOptions _options;
    private readonly Database _database;
    private readonly FileBlobStore _blobs;
    private readonly SpareBlobs _spare;
    private readonly TimeProvider _time;

    internal RecordHubStorage(StorageOptions options, Database database, FileBlobStore blobs, TimeProvider time)
    {
        _options = options;
        _database = database;
        _blobs = blobs;
        _spare = new SpareBlobs(database, blobs, time);
        _time = time;
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
            await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
            _blobs.Folder.Sweep(_time.GetUtcNow() - s_halfWritten);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"The data folder {_options.DataFolder} cannot be written; make it writable for this user, or use another "
                + "folder.", exception);
        }
    }

    /// <summary>Removes blobs that nothing names any more; gives how many. Called now and then by a worker.</summary>
    public Task<int> SweepAsync(CancellationToken cancellationToken) => _spare.SweepAsync(cancellationToken);
}
