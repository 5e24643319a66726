namespace RecordHub.Documents.Archives;

/// <summary>The bytes of one entry of a tar archive.</summary>
internal sealed class TarMember(InflatedStream archive, long size) : ForwardStream
{
    private bool _isClosed;

    /// <summary>Bytes of it that have not been read.</summary>
    public long Left { get; private set; } = size;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => Most(buffer.Length) is > 0 and var most ? Count(archive.Read(buffer[..most])) : 0;

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Most(buffer.Length) is > 0 and var most ? Count(await archive.ReadAsync(buffer[..most], cancellationToken)) : 0;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _isClosed = true;
        base.Dispose(disposing);
    }

    private int Most(int length)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return (int)Math.Min(length, Left);
    }

    private int Count(int read)
    {
        if (read == 0)
        {
            throw new InvalidDataException("The archive breaks off inside the member.");
        }

        Left -= read;
        return read;
    }
}
