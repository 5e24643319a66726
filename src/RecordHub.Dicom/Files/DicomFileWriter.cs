using System.Buffers;
using System.IO.Compression;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>Writes a data set, alone or as a file.</summary>
/// <remarks>
/// Text is written in the data set's Specific Character Set; where it declares none and needs one, in UTF-8. Pixel data
/// is written as it is: changing between native and encapsulated is not this room's.
/// </remarks>
public static class DicomFileWriter
{
    /// <summary>A file; SOP Class and Instance UID come from the data set.</summary>
    public static byte[] ToBytes(DicomDataSet dataSet, TransferSyntax? transferSyntax = null)
    {
        ArrayBufferWriter<byte> output = new(4096);
        Write(output, dataSet, transferSyntax);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A file; SOP Class and Instance UID come from the data set.</summary>
    public static void Write(IBufferWriter<byte> output, DicomDataSet dataSet, TransferSyntax? transferSyntax = null)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        TransferSyntax syntax = transferSyntax ?? TransferSyntax.ExplicitLittleEndian;
        FileMetaWriter.Write(
            output, dataSet.GetUid(DicomTags.SOPClassUID), dataSet.GetUid(DicomTags.SOPInstanceUID), syntax.Uid);
        WriteDataSet(output, dataSet, syntax);
    }

    /// <summary>The data set alone; elements of groups 0 and 2 are left out.</summary>
    /// <exception cref="InvalidOperationException">A value was not kept when the data set was read.</exception>
    /// <exception cref="ArgumentException">The declared character set does not have a character of a text.</exception>
    public static void WriteDataSet(IBufferWriter<byte> output, DicomDataSet dataSet, TransferSyntax transferSyntax)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        if (!transferSyntax.IsDeflated)
        {
            new DataSetWriter(output, transferSyntax).Write(dataSet);
            return;
        }

        ArrayBufferWriter<byte> plain = new(4096);
        new DataSetWriter(plain, transferSyntax).Write(dataSet);
        using MemoryStream deflated = new();
        using (DeflateStream deflate = new(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(plain.WrittenSpan);
        }

        if (deflated.Length % 2 != 0)
        {
            deflated.WriteByte(0);
        }

        output.Write(deflated.ToArray());
    }
}
