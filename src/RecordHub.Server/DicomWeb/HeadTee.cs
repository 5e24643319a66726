using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Server.DicomWeb;

/// <summary>Passes a part on to the intake and keeps its first bytes, in which its UIDs stand.</summary>
internal sealed class HeadTee(Stream inner) : Stream
{
    private const int MostKept = 16 * 1024;

    private static readonly DicomTag s_sopClass = new(0x0008, 0x0016);
    private static readonly DicomTag s_sopInstance = new(0x0008, 0x0018);

    private readonly MemoryStream _head = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>SOP Class and Instance UID; null where they are not in the first bytes.</summary>
    public (string? SopClass, string? SopInstance) ReadUids()
    {
        try
        {
            DicomDataSet dataSet = DicomFile.ReadHeader(_head.GetBuffer().AsMemory(0, (int)_head.Length)).DataSet;
            return (dataSet.GetString(s_sopClass), dataSet.GetString(s_sopInstance));
        }
        catch (DicomFormatException)
        {
            return (null, null);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await StowApi.WholeAsync(() => inner.ReadAsync(buffer, cancellationToken).AsTask());
        int keep = (int)Math.Min(read, MostKept - _head.Length);
        if (keep > 0)
        {
            _head.Write(buffer.Span[..keep]);
        }

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _head.Dispose();
        }

        base.Dispose(disposing);
    }
}
