namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>A head and then zeros, as many as are said; what is written to it is only counted.</summary>
internal sealed class LongStream(byte[] head, long zeros) : Stream
{
    private long _written;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => Math.Max(_written, head.Length + zeros);

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, head.Length + zeros - Position);
        Span<byte> target = buffer[..count];
        target.Clear();
        if (Position < head.Length)
        {
            int start = (int)Position;
            int copied = Math.Min(count, head.Length - start);
            head.AsSpan(start, copied).CopyTo(target);
        }

        Position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => _written += count;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _written += buffer.Length;
        return ValueTask.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Current => Position + offset,
        SeekOrigin.End => Length + offset,
        _ => offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();
}
