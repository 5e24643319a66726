using System.Globalization;
using Microsoft.Data.Sqlite;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage;

/// <summary>The store as a whole: opened once, before anything reads or writes it.</summary>
public sealed class RecordHubStorage
{
    private const int LockAttempts = 600;
    private const int ThreadsForDisk = 32;
    private static readonly TimeSpan s_lockPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_halfWritten = TimeSpan.FromMinutes(1);

    private readonly StorageOptions _options;
    private readonly FileBlobStore _blobs;
    private readonly SpareBlobs _spare;
    private readonly TimeProvider _time;

    internal RecordHubStorage(StorageOptions options, SqliteDatabase database, FileBlobStore blobs, TimeProvider time)
    {
        _options = options;
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
            PrivateFolder.Create(Path.GetDirectoryName(_options.DatabasePath) ?? _options.DataFolder);
            PrivateFolder.Create(_blobs.Folder.Root);
            Directory.CreateDirectory(_blobs.Folder.Incoming);
            using FileStream held = await LockAsync(cancellationToken).ConfigureAwait(false);

            if (!File.Exists(_options.DatabasePath))
            {
                // SQLite gives its own files beside it the rights of the database, which it would make for all to read.
                await new FileStream(_options.DatabasePath, PrivateFolder.File(FileShare.ReadWrite)).DisposeAsync()
                    .ConfigureAwait(false);
            }

            SqliteSchema.Upgrade(_options.DatabasePath);
            _blobs.Folder.Sweep(_time.GetUtcNow() - s_halfWritten);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"The data folder {_options.DataFolder} cannot be written; make it writable for this user, or use another "
                + "folder.", exception);
        }
        catch (SqliteException exception)
        {
            throw new StorageUnavailableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The database {_options.DatabasePath} cannot be opened (SQLite error {exception.SqliteErrorCode}); "
                    + $"check that it is a RecordHub database on a local disk with room, or restore it from a backup."),
                exception);
        }
    }

    /// <summary>Removes blobs that nothing names any more; gives how many. Called now and then by a worker.</summary>
    public Task<int> SweepAsync(CancellationToken cancellationToken) => _spare.SweepAsync(cancellationToken);

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        string file = _options.DatabasePath + ".lock";
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file, PrivateFolder.File(FileShare.None));
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(file))
            {
                // Another process is bringing the database up to date.
                await Task.Delay(s_lockPause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
