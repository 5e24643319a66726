using Microsoft.Win32.SafeHandles;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// Reads a range of a volume, its beginning from memory where that is known, and lets go of both when it is disposed of.
/// </summary>
internal sealed class VolumeStream(SafeFileHandle file, VolumeRange range, IDisposable use, FreshHead? head = null) : Stream
{
    private IDisposable? _use = use;
    private long _position;

    /// <inheritdoc />
    public override bool CanRead => _use is not null;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => range.Length;

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
        if (head?.Read(_position, buffer) is > 0 and int known)
        {
            return Advance(known, known);
        }

        int count = (int)Math.Clamp(range.Length - _position, 0, buffer.Length);
        int read = count == 0 ? 0 : RandomAccess.Read(file, buffer[..count], range.Offset + _position);
        return Advance(read, count);
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (head?.Read(_position, buffer.Span) is > 0 and int known)
        {
            return Advance(known, known);
        }

        int count = (int)Math.Clamp(range.Length - _position, 0, buffer.Length);
        int read = count == 0
            ? 0
            : await RandomAccess.ReadAsync(file, buffer[..count], range.Offset + _position, cancellationToken).ConfigureAwait(false);
        return Advance(read, count);
    }

    // A blob that ends before its length must not look whole.
    private int Advance(int read, int wanted)
    {
        if (read == 0 && wanted > 0)
        {
            throw new EndOfStreamException("The volume ends before the blob in it.");
        }

        _position += read;
        return read;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => range.Length,
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
        if (disposing)
        {
            Interlocked.Exchange(ref _use, null)?.Dispose();
            head?.Dispose();
        }

        base.Dispose(disposing);
    }
}
