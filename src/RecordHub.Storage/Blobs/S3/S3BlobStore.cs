using Amazon.S3;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>
/// Blobs in an object store. A blob is first made durable in the spool, a folder of blobs, then put up. While the object
/// store is away the spool keeps what comes, up to its limit, and gives it out; <see cref="DrainAsync"/> puts it up later.
/// </summary>
internal sealed class S3BlobStore(S3Objects objects, FileBlobStore spool, S3BlobOptions options, TimeProvider time)
    : IBlobStore, IBlobListing
{
    private long _waiting;
    private long _awayUntil;

    /// <inheritdoc />
    public async ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken)
    {
        if (Interlocked.Read(ref _waiting) > options.MaxSpoolBytes)
        {
            throw new StorageFullException("The object store is away, and the spool holds as much as it may.");
        }

        return new S3BlobWriter(await spool.CreateAsync(BlobNaming.ByHash, cancellationToken).ConfigureAwait(false), this);
    }

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await spool.OpenAsync(hash, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (BlobMissingException)
        {
            S3Beginning? beginning = await objects.BeginAsync(hash, offset, cancellationToken).ConfigureAwait(false);
            long length = beginning?.Length ?? await objects.FindLengthAsync(hash, cancellationToken).ConfigureAwait(false)
                ?? throw new BlobMissingException(hash);
            return new S3ReadStream(objects, hash, length, offset, beginning);
        }
    }

    /// <inheritdoc />
    public async Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) =>
        await spool.FindLengthAsync(hash, cancellationToken).ConfigureAwait(false)
        ?? await objects.FindLengthAsync(hash, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        await spool.SetAsideAsync(hash, cancellationToken).ConfigureAwait(false);
        await objects.SetAsideAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        spool.Delete(hash);
        await objects.DeleteAsync(hash, cancellationToken).ConfigureAwait(false);
        await objects.DeleteSetAsideAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <remarks>What waits in a spool is not listed: it goes up first.</remarks>
    public IAsyncEnumerable<StoredBlob> ListAsync(byte first, CancellationToken cancellationToken) =>
        objects.ListAsync(first, cancellationToken);

    /// <summary>Says whose blobs these are.</summary>
    internal S3Mark Mark { get; } = new(objects);

    /// <summary>Bytes that wait in the spool, as far as this process knows.</summary>
    internal long WaitingBytes => Interlocked.Read(ref _waiting);

    /// <summary>Asks whether the bucket is there and ours. A store that is only away is no reason not to start.</summary>
    /// <exception cref="StorageUnavailableException">It refuses us; the message says what to do.</exception>
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await objects.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception refused) when (!S3Objects.IsTransient(refused))
        {
            throw new StorageUnavailableException(
                $"The bucket {options.Location.Bucket} cannot be used ({refused.ErrorCode}): make it, or correct Blobs:Uri, "
                + "Blobs:AccessKey and Blobs:SecretKey.", refused);
        }
        catch (Exception away) when (S3Objects.IsTransient(away))
        {
            // The spool keeps what comes.
        }
    }

    /// <summary>Why the object store does not answer; null when it does.</summary>
    internal async Task<string?> FindAwayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await objects.CheckAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception away) when (S3Objects.IsTransient(away) || away is AmazonS3Exception)
        {
            return (away as AmazonS3Exception)?.ErrorCode ?? away.GetType().Name;
        }
    }

    /// <summary>What the object store does not do of what is asked of it; null when it does all.</summary>
    internal Task<string?> ProbeAsync(CancellationToken cancellationToken) => objects.ProbeAsync(cancellationToken);

    /// <summary>Puts up what waits in the spool; gives how many blobs. Stops at the first that the object store will not take.</summary>
    internal async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        int moved = 0;
        long waiting = 0;
        foreach (string file in spool.Folder.Files())
        {
            ContentHash hash = ContentHash.Parse(Path.GetFileName(file));
            if (waiting == 0 && await TryMoveAsync(hash, file, cancellationToken).ConfigureAwait(false))
            {
                moved++;
            }
            else
            {
                waiting += new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;
            }
        }

        Interlocked.Exchange(ref _waiting, waiting);
        return moved;
    }

    /// <summary>Puts one blob up at once, if the object store is there; else it waits in the spool.</summary>
    internal async Task SettleAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        string file = spool.Folder.PathOf(hash);
        long length = new FileInfo(file) is { Exists: true, Length: var found } ? found : 0;
        if (time.GetTimestamp() < Interlocked.Read(ref _awayUntil))
        {
            Interlocked.Add(ref _waiting, length);
            return;
        }

        using CancellationTokenSource patience = new(options.UploadPatience, time);
        using CancellationTokenSource both =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        bool moved = false;
        try
        {
            moved = await TryMoveAsync(hash, file, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is durable in the spool: the sender waits no longer.
        }

        if (!moved)
        {
            // Others need not find out again, one by one, that it is away.
            Interlocked.Exchange(
                ref _awayUntil, time.GetTimestamp() + (long)(options.SpoolInterval.TotalSeconds * time.TimestampFrequency));
            Interlocked.Add(ref _waiting, length);
        }
    }

    private async Task<bool> TryMoveAsync(ContentHash hash, string file, CancellationToken cancellationToken)
    {
        try
        {
            await objects.UploadAsync(hash, file, cancellationToken).ConfigureAwait(false);
            spool.Delete(hash);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true; // Another of its senders has put it up.
        }
        catch (Exception exception) when (exception is StorageAwayException or IOException or AmazonS3Exception)
        {
            return false;
        }
    }
}
