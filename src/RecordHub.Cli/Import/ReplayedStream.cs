using System.Buffers;
using RecordHub.Core.Intake;
using RecordHub.Documents.Archives;

namespace RecordHub.Cli.Import;

/// <summary>A stream that is read once, whose first bytes have been looked at.</summary>
internal sealed class ReplayedStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly byte[] _head;
    private readonly int _length;
    private int _at;

    private ReplayedStream(Stream inner, byte[] head, int length) => (_inner, _head, _length) = (inner, head, length);

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    public static async Task<ReplayedStream> OfAsync(Stream inner, CancellationToken cancellationToken)
    {
        byte[] head = ArrayPool<byte>.Shared.Rent(ContentSniffer.HeadLength);
        int length = await inner.ReadAtLeastAsync(
            head.AsMemory(0, ContentSniffer.HeadLength), ContentSniffer.HeadLength, throwOnEndOfStream: false, cancellationToken);
        return new ReplayedStream(inner, head, length);
    }

    public override int Read(Span<byte> buffer)
    {
        int copied = Replay(buffer);
        return copied > 0 || buffer.IsEmpty ? copied : _inner.Read(buffer);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Replay(buffer.Span) is > 0 and var copied ? ValueTask.FromResult(copied) : _inner.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && _at >= 0)
        {
            _at = -1;
            ArrayPool<byte>.Shared.Return(_head, clearArray: true);
        }

        base.Dispose(disposing);
    }

    private int Replay(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_at < 0, this);
        int count = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
