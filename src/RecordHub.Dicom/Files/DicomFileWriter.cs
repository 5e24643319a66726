using System.Buffers;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Writes a data set, alone or as a file.</summary>
public static class DicomFileWriter
{
    /// <summary>A file; SOP Class and Instance UID come from the data set.</summary>
    public static byte[] ToBytes(DicomDataSet dataSet, TransferSyntax? transferSyntax = null) =>
        throw new NotImplementedException();

    public static void Write(IBufferWriter<byte> output, DicomDataSet dataSet, TransferSyntax? transferSyntax = null) =>
        throw new NotImplementedException();

    /// <summary>The data set alone.</summary>
    public static void WriteDataSet(IBufferWriter<byte> output, DicomDataSet dataSet, TransferSyntax transferSyntax) =>
        throw new NotImplementedException();
}
