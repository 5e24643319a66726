namespace RecordHub.Server.Fhir;

/// <summary>Passes a body on to the intake, and shows each byte to an <see cref="EntryList"/> on the way.</summary>
internal sealed class NotingStream(Stream inner, EntryList list) : Stream
{
    // A token may be cut by the end of a read; what was not used is kept for the next one. A single token larger than
    // this (an inlined attachment) ends the noting, never the request.
    private const int MostKept = 8 << 20;

    private byte[] _kept = [];
    private bool _gaveUp;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        Show(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Show(ReadOnlySpan<byte> bytes)
    {
        if (_gaveUp)
        {
            return;
        }

        ReadOnlySpan<byte> all = _kept.Length == 0 ? bytes : [.. _kept, .. bytes];
        ReadOnlySpan<byte> rest = all[list.Take(all, bytes.IsEmpty)..];
        _gaveUp = rest.Length > MostKept || bytes.IsEmpty;
        _kept = _gaveUp ? [] : rest.ToArray();
    }
}
