namespace RecordHub.Documents.Pdf;

/// <summary>Memory as a stream whose every read looks at the token.</summary>
internal sealed class StoppableStream(ReadOnlyMemory<byte> content, CancellationToken stop) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        stop.ThrowIfCancellationRequested();
        if (_position >= content.Length)
        {
            return 0;
        }

        int count = (int)Math.Min(buffer.Length, content.Length - _position);
        content.Span.Slice((int)_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int ReadByte() => _position < content.Length ? content.Span[(int)_position++] : -1;

    public override long Seek(long offset, SeekOrigin origin)
    {
        stop.ThrowIfCancellationRequested();
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => content.Length + offset,
        };
        return _position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
