namespace RecordHub.Core.Intake;

/// <summary>Remembers received bytes by their hash. Implemented in Storage: a folder, or an S3 object store; either of them encrypted.</summary>
public interface IBlobStore
{
    /// <summary>Begins a blob. Disposing the writer without a commit leaves nothing behind.</summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken);

    /// <summary>Opens a stored blob for reading from <paramref name="offset"/>; seekable.</summary>
    /// <exception cref="BlobMissingException">No such blob: the store has lost something.</exception>
    Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken);

    /// <summary>Opens the blob of an item from its beginning. One whose place is known is not looked up.</summary>
    /// <exception cref="BlobMissingException">No such blob: the store has lost something.</exception>
    Task<Stream> OpenAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return OpenAsync(item.Blob, 0, cancellationToken);
    }

    /// <summary>The blob's length in bytes; null when it is not held.</summary>
    Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a blob whose bytes are no longer those of its hash out of the way, kept for whoever looks into it: it is then
    /// missing, and the next receipt of the same bytes stores them anew. No error when it is not there.
    /// </summary>
    Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>Removes a blob; no error when it is not there. Only for blobs that no row names.</summary>
    Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken);
}
