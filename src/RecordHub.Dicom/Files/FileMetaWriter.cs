using System.Buffers;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Writes preamble, prefix and file meta information (PS3.10 §7.1).</summary>
public static class FileMetaWriter
{
    /// <summary>What goes before a data set received over the network; the preamble is zero.</summary>
    public static void Write(
        IBufferWriter<byte> output, Uid sopClass, Uid sopInstance, Uid transferSyntax, string? sourceAeTitle = null) =>
        throw new NotImplementedException();
}
