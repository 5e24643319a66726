using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Reading of whole inputs: files (PS3.10) and bare data sets.</summary>
public static class DicomFile
{
    /// <summary>Reads without copying: the header's values are slices of <paramref name="file"/>.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public static DicomHeader ReadHeader(
        ReadOnlyMemory<byte> file, TransferSyntax? dataSetSyntax = null, DicomReadOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>Reads from the stream's position; pixel data is passed over by seeking where that is possible.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public static Task<DicomHeader> ReadHeaderAsync(
        Stream stream, CancellationToken cancellationToken, DicomReadOptions? options = null) =>
        throw new NotImplementedException();
}
