using RecordHub.Dicom.Files;
using RecordHub.Documents.Archives;

namespace RecordHub.Cli.Import;

/// <summary>Understands a DICOM header while somebody else reads the file.</summary>
internal sealed class HeaderTee(Stream inner) : ForwardStream
{
    private readonly DicomHeaderReader _reader = new();
    private bool _isDicom = true;

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

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        Note(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

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
