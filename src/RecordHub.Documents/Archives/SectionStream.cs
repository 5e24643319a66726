namespace RecordHub.Documents.Archives;

/// <summary>Parts of another stream, one after the other, counted as they are read. Not for two readers at a time.</summary>
internal sealed class SectionStream(Stream inner, IReadOnlyList<(long Offset, long Length)> parts, ArchiveBudget budget) : Stream
{
    private readonly long _length = parts.Sum(part => part.Length);
    private long _furthest;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = Seek(buffer.Length);
        return count == 0 ? 0 : Count(inner.Read(buffer[..count]));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = Seek(buffer.Length);
        return count == 0 ? 0 : Count(await inner.ReadAsync(buffer[..count], cancellationToken));
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Current => Position + offset,
        SeekOrigin.End => _length + offset,
        _ => offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // Puts the inner stream where reading goes on; gives how much can be read in one piece from there.
    private int Seek(int wanted)
    {
        long start = 0;
        foreach ((long offset, long length) in parts)
        {
            if (Position < start + length)
            {
                inner.Position = offset + (Position - start);
                return (int)Math.Min(wanted, start + length - Position);
            }

            start += length;
        }

        return 0;
    }

    // What is read again costs nothing again.
    private int Count(int read)
    {
        if (read == 0)
        {
            throw new InvalidDataException("The image ends inside the file.");
        }

        Position += read;
        int further = (int)Math.Max(0, Position - _furthest);
        _furthest += further;
        budget.CountBytes(further, _furthest, _furthest);
        return read;
    }
}
