using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Server.DicomWeb;

/// <summary>Passes a part on to the intake and keeps its first bytes, in which its UIDs stand.</summary>
internal sealed class HeadTee(Stream inner) : Stream
{
    private const int MostKept = 16 * 1024;

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

    /// <summary>What the instance is called; null where that is not in the first bytes.</summary>
    public StowNames ReadNames()
    {
        try
        {
            DicomDataSet dataSet = DicomFile.ReadHeader(_head.GetBuffer().AsMemory(0, (int)_head.Length)).DataSet;
            return new StowNames(
                dataSet.GetString(DicomTags.SOPClassUID), dataSet.GetString(DicomTags.SOPInstanceUID),
                dataSet.GetString(DicomTags.StudyInstanceUID), dataSet.GetString(DicomTags.SeriesInstanceUID));
        }
        catch (DicomFormatException)
        {
            return default;
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
