namespace RecordHub.Documents.Archives;

/// <summary>First one stream, then another; neither is closed.</summary>
public sealed class JoinedStream(Stream first, Stream second) : ForwardStream
{
    private bool _isSecond;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        int read = _isSecond || buffer.IsEmpty ? 0 : first.Read(buffer);
        _isSecond |= read == 0 && !buffer.IsEmpty;
        return _isSecond ? second.Read(buffer) : read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = _isSecond || buffer.IsEmpty ? 0 : await first.ReadAsync(buffer, cancellationToken);
        _isSecond |= read == 0 && !buffer.IsEmpty;
        return _isSecond ? await second.ReadAsync(buffer, cancellationToken) : read;
    }
}
