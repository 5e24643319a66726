using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// Blobs of a folder: small ones that a row names share volumes, whose places the database knows; all others are files.
/// </summary>
internal sealed class VolumeBlobStore(FileBlobStore files, VolumeSet volumes, Database database, StorageOptions options)
    : IBlobStore, IBlobListing
{
    private const int BufferLength = 64 * 1024;

    /// <inheritdoc />
    public async ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken)
    {
        if (naming == BlobNaming.ByHash || options.MostVolumeBlobBytes == 0)
        {
            return await files.CreateAsync(naming, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        files.ThrowIfAway();
        return new VolumeBlobWriter(files, volumes, options.MostVolumeBlobBytes);
    }

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        BlobPlace? place = await FindPlaceAsync(hash, cancellationToken).ConfigureAwait(false);

        // Also when the database came from a backup: all blobs are files then.
        return Buffered(place is null ? null : volumes.TryRead(place), offset)
            ?? await files.OpenAsync(hash, offset, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Buffered(item.Place is { } place ? volumes.TryReadFresh(place) : null, 0) is { } known
            ? Task.FromResult<Stream>(known)
            : OpenAsync(item.Blob, 0, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(hash, cancellationToken).ConfigureAwait(false) is { } place)
        {
            using VolumeStream? bytes = volumes.TryRead(place);
            if (bytes is not null)
            {
                return place.Length;
            }
        }

        return await files.FindLengthAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(hash, cancellationToken).ConfigureAwait(false) is { } place)
        {
            using (VolumeStream? bytes = volumes.TryRead(place))
            {
                if (bytes is not null)
                {
                    await files.KeepDamagedAsync(hash, bytes, cancellationToken).ConfigureAwait(false);
                }
            }

            await ForgetAsync(hash, place, cancellationToken).ConfigureAwait(false);
        }

        await files.SetAsideAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(hash, cancellationToken).ConfigureAwait(false) is { } place)
        {
            await ForgetAsync(hash, place, cancellationToken).ConfigureAwait(false);
        }

        await files.DeleteAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <remarks>What is in volumes is not listed: <see cref="VolumeSweep"/> looks after it.</remarks>
    public IAsyncEnumerable<StoredBlob> ListAsync(byte first, CancellationToken cancellationToken) =>
        files.ListAsync(first, cancellationToken);

    private static BufferedStream? Buffered(VolumeStream? bytes, long offset)
    {
        if (bytes is null)
        {
            return null;
        }

        bytes.Position = offset;
        return new BufferedStream(bytes, (int)Math.Clamp(bytes.Length - offset, 1, BufferLength));
    }

    // The bytes first: whoever does it again after a crash still finds where they were.
    private Task<bool> ForgetAsync(ContentHash hash, BlobPlace place, CancellationToken cancellationToken)
    {
        volumes.Clear(place);
        return database.WriteAsync(
            session =>
            {
                BlobRows.Forget(session, hash, place);
                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }

    private Task<BlobPlace?> FindPlaceAsync(ContentHash hash, CancellationToken cancellationToken) =>
        database.ReadAsync(session => BlobRows.FindPlaceAsync(session, hash), cancellationToken);
}
