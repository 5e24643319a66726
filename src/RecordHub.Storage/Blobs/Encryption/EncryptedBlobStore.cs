using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>
/// Encrypts what goes into another store, and opens what comes out. What was stored before encryption was switched on is
/// read as it is.
/// </summary>
/// <remarks>Blobs keep the name of their plain bytes' hash: the same content is still one blob.</remarks>
internal sealed class EncryptedBlobStore(IBlobStore inner, KeyRing keys) : IBlobStore
{
    /// <inheritdoc />
    public async ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) =>
        new EncryptingWriter(await inner.CreateAsync(naming, cancellationToken).ConfigureAwait(false), keys.Active);

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        Stream plain = await OpenAsync(
            hash, await inner.OpenAsync(hash, 0, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        plain.Position = offset;
        return plain;
    }

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ReceivedItem item, CancellationToken cancellationToken) => await OpenAsync(
        item.Blob, await inner.OpenAsync(item, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (await inner.FindLengthAsync(hash, cancellationToken).ConfigureAwait(false) is null)
        {
            return null;
        }

        Stream stream = await OpenAsync(hash, 0, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return stream.Length;
        }
    }

    /// <inheritdoc />
    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.SetAsideAsync(hash, cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken) =>
        inner.DeleteAsync(hash, cancellationToken);

    private async Task<Stream> OpenAsync(ContentHash hash, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await DecryptAsync(hash, stream, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Stream> DecryptAsync(ContentHash hash, Stream stream, CancellationToken cancellationToken)
    {
        byte[] header = new byte[EncryptedFormat.HeaderLength];
        int read = await stream.ReadAtLeastAsync(
            header, header.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (!EncryptedFormat.IsEncrypted(header.AsSpan(0, read)))
        {
            stream.Position = 0;
            return stream;
        }

        long length = EncryptedFormat.PlainLength(stream.Length)
            ?? throw new InvalidDataException($"The encrypted blob {hash} has been cut off.");
        byte[] blobKey = EncryptedFormat.Unwrap(header, keys)
            ?? throw new BlobKeyMissingException(hash);
        return new DecryptingStream(stream, blobKey, length);
    }
}
