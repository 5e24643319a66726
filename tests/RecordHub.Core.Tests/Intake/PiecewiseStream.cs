namespace RecordHub.Core.Tests.Intake;

/// <summary>Gives its bytes in pieces, and ends as told: well, or with an error.</summary>
internal sealed class PiecewiseStream(byte[] bytes, int piece, Exception? end = null) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = Read(buffer.Span[..Math.Min(buffer.Length, piece)]);
        return read == 0 && end is not null ? throw end : ValueTask.FromResult(read);
    }
}
