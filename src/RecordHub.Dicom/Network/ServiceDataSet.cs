using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Network;

/// <summary>The short data sets of services other than storage: held whole, so bounded.</summary>
public static class ServiceDataSet
{
    private const int Piece = 16 * 1024;

    /// <summary>Reads one to its end.</summary>
    /// <param name="dataSet">Its bytes.</param>
    /// <param name="transferSyntax">How they are encoded.</param>
    /// <param name="maxLength">The most bytes that are held.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InstanceException">It is longer, or is no data set.</exception>
    public static async ValueTask<DicomDataSet> ReadAsync(
        Stream dataSet, Uid transferSyntax, int maxLength, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> bytes = new(Piece);
        int count;
        while ((count = await dataSet.ReadAsync(bytes.GetMemory(Piece), cancellationToken).ConfigureAwait(false)) > 0)
        {
            bytes.Advance(count);
            if (bytes.WrittenCount > maxLength)
            {
                throw new InstanceException(DimseStatus.ResourceLimitation, $"The data set is longer than {maxLength} bytes");
            }
        }

        try
        {
            DicomHeader header = DicomFile.ReadHeader(bytes.WrittenMemory, TransferSyntax.Of(transferSyntax));
            return header.TruncatedAt is null
                ? header.DataSet
                : throw new InstanceException(
                    DimseStatus.ProcessingFailure, $"The data set cannot be read from byte {header.TruncatedAt} on");
        }
        catch (DicomFormatException)
        {
            throw new InstanceException(DimseStatus.ProcessingFailure, "The data set cannot be read");
        }
    }

    /// <summary>The bytes of one.</summary>
    internal static ReadOnlyMemory<byte> ToBytes(DicomDataSet dataSet, Uid transferSyntax)
    {
        ArrayBufferWriter<byte> bytes = new(1024);
        DicomFileWriter.WriteDataSet(bytes, dataSet, TransferSyntax.Of(transferSyntax));
        return bytes.WrittenMemory;
    }
}
