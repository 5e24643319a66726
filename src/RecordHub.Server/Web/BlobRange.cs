namespace RecordHub.Server.Web;

/// <summary>A part of a seekable stream as a stream of its own, so that HTTP ranges of it work; it owns the inner one.</summary>
internal sealed class BlobRange : Stream
{
    private readonly Stream _inner;
    private readonly long _offset;
    private readonly long _length;
    private long _position;

    /// <param name="inner">Seekable.</param>
    /// <param name="offset">First byte of the part.</param>
    /// <param name="length">Bytes of the part.</param>
    public BlobRange(Stream inner, long offset, long length)
    {
        _inner = inner;
        _offset = offset;
        _length = length;
        inner.Position = offset;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
            _inner.Position = _offset + Math.Min(value, _length);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _inner.Read(buffer[..Bounded(buffer.Length)]);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await _inner.ReadAsync(buffer[..Bounded(buffer.Length)], cancellationToken);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Bounded(int wanted) => (int)Math.Min(wanted, Math.Max(0, _length - _position));
}
