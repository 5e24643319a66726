using System.Buffers;
using System.Security.Cryptography;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>The plain bytes of an encrypted blob, from any position, one chunk in memory.</summary>
internal sealed class DecryptingStream : Stream
{
    private const long None = -1;

    private readonly Stream _inner;
    private readonly AesGcm _cipher;
    private readonly long _length;
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(EncryptedFormat.ChunkLength);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(EncryptedFormat.SealedChunkLength);
    private long _position;
    private long _chunk = None;
    private bool _disposed;

    internal DecryptingStream(Stream inner, byte[] blobKey, long length)
    {
        _inner = inner;
        _cipher = new AesGcm(blobKey, EncryptedFormat.TagLength);
        _length = length;
    }

    /// <inheritdoc />
    public override bool CanRead => !_disposed;

    /// <inheritdoc />
    public override bool CanSeek => !_disposed;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => _length;

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (NeedsChunk(buffer.Length, out long chunk, out int sealedLength))
        {
            _inner.ReadExactly(_sealed.AsSpan(0, sealedLength));
            Open(chunk, sealedLength);
        }

        return Take(buffer);
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (NeedsChunk(buffer.Length, out long chunk, out int sealedLength))
        {
            await _inner.ReadExactlyAsync(_sealed.AsMemory(0, sealedLength), cancellationToken).ConfigureAwait(false);
            Open(chunk, sealedLength);
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _cipher.Dispose();
            ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
            ArrayPool<byte>.Shared.Return(_sealed);
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Puts the inner stream where the chunk of the position begins, when another is in memory.
    private bool NeedsChunk(int wanted, out long chunk, out int sealedLength)
    {
        chunk = _position / EncryptedFormat.ChunkLength;
        sealedLength = 0;
        if (wanted == 0 || _position >= _length || chunk == _chunk)
        {
            return false;
        }

        long start = EncryptedFormat.HeaderLength + (chunk * EncryptedFormat.SealedChunkLength);
        if (_inner.Position != start)
        {
            _inner.Position = start;
        }

        sealedLength = PlainLengthOf(chunk) + EncryptedFormat.TagLength;
        return true;
    }

    private void Open(long chunk, int sealedLength)
    {
        _chunk = None; // Nothing of a chunk that does not open is given out.
        EncryptedFormat.Open(
            _cipher, chunk, chunk == EncryptedFormat.Chunks(_length) - 1, _sealed.AsSpan(0, sealedLength),
            _plain.AsSpan(0, sealedLength - EncryptedFormat.TagLength));
        _chunk = chunk;
    }

    private int Take(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _position >= _length)
        {
            return 0;
        }

        int from = (int)(_position % EncryptedFormat.ChunkLength);
        int count = Math.Min(buffer.Length, PlainLengthOf(_chunk) - from);
        _plain.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private int PlainLengthOf(long chunk) =>
        (int)Math.Min(EncryptedFormat.ChunkLength, _length - (chunk * EncryptedFormat.ChunkLength));
}
