using System.Buffers;
using System.Security.Cryptography;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>Encrypts a blob on its way to another writer, chunk by chunk.</summary>
internal sealed class EncryptingWriter : IBlobWriter
{
    private readonly IBlobWriter _inner;
    private readonly BlobKey _wrapping;
    private readonly byte[] _blobKey = RandomNumberGenerator.GetBytes(BlobKey.Length);
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(2 * EncryptedFormat.ChunkLength);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(EncryptedFormat.SealedChunkLength);
    private int _filled;
    private long _chunk;
    private bool _begun;
    private bool _disposed;

    internal EncryptingWriter(IBlobWriter inner, BlobKey wrapping)
    {
        _inner = inner;
        _wrapping = wrapping;
        _cipher = new AesGcm(_blobKey, EncryptedFormat.TagLength);
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory() => _plain.AsMemory(_filled, (2 * EncryptedFormat.ChunkLength) - _filled);

    /// <inheritdoc />
    public async ValueTask AdvanceAsync(int count, CancellationToken cancellationToken)
    {
        _filled += count;

        // A full chunk waits until more comes: the last one is sealed as the last.
        while (_filled > EncryptedFormat.ChunkLength)
        {
            int rest = _filled - EncryptedFormat.ChunkLength;
            _filled = EncryptedFormat.ChunkLength;
            await SealAsync(last: false, cancellationToken).ConfigureAwait(false);
            _plain.AsSpan(EncryptedFormat.ChunkLength, rest).CopyTo(_plain);
            _filled = rest;
        }
    }

    /// <inheritdoc />
    public async ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        await SealAsync(last: true, cancellationToken).ConfigureAwait(false);
        return await _inner.CommitAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _cipher.Dispose();
            CryptographicOperations.ZeroMemory(_blobKey);
            ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
            ArrayPool<byte>.Shared.Return(_sealed);
            await _inner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask SealAsync(bool last, CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            _begun = true;
            await _inner.WriteAsync(EncryptedFormat.Header(_blobKey, _wrapping), cancellationToken).ConfigureAwait(false);
        }

        int length = _filled + EncryptedFormat.TagLength;
        EncryptedFormat.Seal(_cipher, _chunk, last, _plain.AsSpan(0, _filled), _sealed.AsSpan(0, length));
        await _inner.WriteAsync(_sealed.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        _chunk++;
        _filled = 0;
    }
}
