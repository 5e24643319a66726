using System.Runtime.CompilerServices;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Blobs as files of a folder. Safe for several processes: a blob appears whole, by renaming, or not at all.</summary>
internal sealed class FileBlobStore(StorageOptions options, TimeProvider time) : IBlobStore, IBlobListing
{
    private const string DamagedSuffix = ".damaged";
    private const int FilesAtOnce = 100;
    private const long BytesBetweenLooks = 64L << 20;
    private static readonly TimeSpan s_timeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly DriveInfo _volume = new(options.BlobPath);
    private long _lastLook;
    private long _written = BytesBetweenLooks;
    private bool _full;

    /// <summary>Whether a commit waits for the disk.</summary>
    internal bool Flushes => options.FlushesBlobs;

    internal BlobFolder Folder { get; } = new(options.BlobPath);

    /// <inheritdoc />
    public ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            ThrowIfFull(0);
            string name = Guid.NewGuid().ToString("N");
            return ValueTask.FromResult<IBlobWriter>(new FileBlobWriter(this, Path.Combine(Folder.Incoming, name)));
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FileStream? stream = null;
        try
        {
            stream = new FileStream(Folder.PathOf(hash), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = 64 * 1024,
                Options = FileOptions.SequentialScan,
            });
            stream.Position = offset;
            return Task.FromResult<Stream>(stream);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobMissingException(hash);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FileInfo file = new(Folder.PathOf(hash));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    /// <inheritdoc />
    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string place = Folder.PathOf(hash);
        try
        {
            File.Move(place, place + DamagedSuffix, overwrite: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nothing to take out of the way.
        }

        return Task.CompletedTask;
    }

    /// <summary>Keeps bytes that are no longer those of their hash for whoever looks into it.</summary>
    internal async Task KeepDamagedAsync(ContentHash hash, Stream bytes, CancellationToken cancellationToken)
    {
        Folder.Prepare(hash);
        FileStream kept = new(Folder.PathOf(hash) + DamagedSuffix, PrivateFolder.File(FileShare.None));
        await using (kept.ConfigureAwait(false))
        {
            kept.SetLength(0);
            await bytes.CopyToAsync(kept, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Delete(hash);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredBlob> ListAsync(
        byte first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Others have their turn between the parts of a big folder.
        foreach (string[] some in Folder.Files(first).Chunk(FilesAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            foreach (string file in some)
            {
                yield return new StoredBlob(ContentHash.Parse(Path.GetFileName(file)), File.GetLastWriteTimeUtc(file));
            }
        }
    }

    internal void Delete(ContentHash hash)
    {
        try
        {
            File.Delete(Folder.PathOf(hash));
            File.Delete(Folder.PathOf(hash) + DamagedSuffix);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing to remove.
        }
    }

    /// <summary>Whether there is room now.</summary>
    /// <exception cref="StorageAwayException">The folder is not there, or its disk does not answer.</exception>
    internal bool HasRoom => FreeBytes >= options.MinFreeBytes;

    /// <exception cref="StorageAwayException">The folder is not there, or its disk does not answer.</exception>
    internal long FreeBytes
    {
        get
        {
            try
            {
                return _volume.AvailableFreeSpace;
            }
            catch (Exception exception) when (DiskErrors.Translate(exception) is not null)
            {
                throw new StorageAwayException("The blobs' folder is away, or its disk is.", exception);
            }
        }
    }

    /// <summary>Refuses to begin a blob when there is no room for one, or no folder.</summary>
    internal void ThrowIfAway()
    {
        ThrowIfFull(0);
        if (!Directory.Exists(Folder.Incoming))
        {
            throw new StorageAwayException("The blobs' folder is not there.");
        }
    }

    /// <summary>Refuses more when the volume has too little room. Looks now and then, not for every blob.</summary>
    internal void ThrowIfFull(int more)
    {
        long written = Interlocked.Add(ref _written, more);
        long last = Interlocked.Read(ref _lastLook);
        if (written >= BytesBetweenLooks || time.GetElapsedTime(last) >= s_timeBetweenLooks)
        {
            Interlocked.Exchange(ref _written, 0);
            Interlocked.Exchange(ref _lastLook, time.GetTimestamp());
            Volatile.Write(ref _full, FreeBytes < options.MinFreeBytes);
        }

        if (Volatile.Read(ref _full))
        {
            throw new StorageFullException("The blobs' disk is nearly full.");
        }
    }
}
