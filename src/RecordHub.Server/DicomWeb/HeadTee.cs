using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Documents.Archives;

namespace RecordHub.Server.DicomWeb;

/// <summary>Passes a part on to the intake and keeps its first bytes, in which its UIDs stand.</summary>
internal sealed class HeadTee(Stream inner) : ForwardStream
{
    private const int MostKept = 16 * 1024;

    private readonly MemoryStream _head = new();

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

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _head.Dispose();
        }

        base.Dispose(disposing);
    }
}
