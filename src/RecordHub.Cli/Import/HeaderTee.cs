using RecordHub.Dicom.Files;

namespace RecordHub.Cli.Import;

/// <summary>Understands a DICOM header while somebody else reads the file.</summary>
internal sealed class HeaderTee(Stream inner) : Stream
{
    private readonly DicomHeaderReader _reader = new();
    private bool _isDicom = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What went by; null when it is no DICOM.</summary>
    public DicomHeader? Header()
    {
        try
        {
            return _isDicom ? _reader.Complete() : null;
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        Note(buffer.AsSpan(offset, read));
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _reader.Dispose();
        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_isDicom)
            {
                _reader.Write(bytes);
            }
        }
        catch (DicomFormatException)
        {
            _isDicom = false;
        }
    }
}
