using Microsoft.AspNetCore.Http;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Keeps the answer to a part of a request, up to so many bytes.</summary>
internal sealed class CappedBody(long room) : Stream
{
    private readonly MemoryStream _kept = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _kept.Length;

    public override long Position
    {
        get => _kept.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _kept.GetBuffer().AsMemory(0, (int)_kept.Length);

    /// <exception cref="RefusedException">It is over the room (413).</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_kept.Length + buffer.Length > room)
        {
            throw new RefusedException(
                StatusCodes.Status413PayloadTooLarge, "too-costly",
                $"What a batch reads may have {BatchReads.MostBytes} bytes in all; ask for this by a request of its own, "
                + "or for smaller pages (_count).");
        }

        _kept.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
