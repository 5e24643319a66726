namespace RecordHub.Documents.Archives;

/// <summary>A member's bytes, counted as they are read and compared with the archive's checksum at their end.</summary>
/// <remarks>ZipArchive does not compare them (APPNOTE 4.4.7): a damaged image would be filed as a good one.</remarks>
internal sealed class MeteredStream(Stream inner, long packed, uint checksum, ArchiveBudget budget) : Stream
{
    private long _count;
    private uint _crc = Crc32.Start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Count(buffer, inner.Read(buffer));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span, read);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(ReadOnlySpan<byte> buffer, int read)
    {
        if (read == 0 && !buffer.IsEmpty && Crc32.End(_crc) != checksum)
        {
            throw new InvalidDataException("The member's bytes are not those of its checksum.");
        }

        _crc = Crc32.Add(_crc, buffer[..read]);
        _count += read;
        budget.CountBytes(read, _count, packed);
        return read;
    }
}
