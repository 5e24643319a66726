using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>Writes preamble, prefix and file meta information (PS3.10 §7.1).</summary>
public static class FileMetaWriter
{
    private const int PreambleLength = 128;

    /// <summary>What goes before a data set received over the network; the preamble is zero.</summary>
    /// <param name="sourceAeTitle">Who sent it; left out when null, empty or longer than sixteen characters.</param>
    public static void Write(
        IBufferWriter<byte> output, Uid sopClass, Uid sopInstance, Uid transferSyntax, string? sourceAeTitle = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArrayBufferWriter<byte> group = new(256);
        ElementWriter writer = new(group, isExplicit: true, isBigEndian: false);
        writer.Value(DicomTags.FileMetaInformationVersion, DicomVr.OB, [0, 1]);
        Text(writer, DicomTags.MediaStorageSOPClassUID, DicomVr.UI, sopClass.ToString());
        Text(writer, DicomTags.MediaStorageSOPInstanceUID, DicomVr.UI, sopInstance.ToString());
        Text(writer, DicomTags.TransferSyntaxUID, DicomVr.UI, transferSyntax.ToString());
        Text(writer, DicomTags.ImplementationClassUID, DicomVr.UI, Implementation.ClassUid.ToString());
        Text(writer, DicomTags.ImplementationVersionName, DicomVr.SH, Implementation.VersionName);
        if (sourceAeTitle is { Length: > 0 and <= 16 })
        {
            Text(writer, DicomTags.SourceApplicationEntityTitle, DicomVr.AE, sourceAeTitle);
        }

        output.GetSpan(PreambleLength)[..PreambleLength].Clear();
        output.Advance(PreambleLength);
        output.Write("DICM"u8);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)group.WrittenCount);
        new ElementWriter(output, isExplicit: true, isBigEndian: false).Value(
            DicomTags.FileMetaInformationGroupLength, DicomVr.UL, length);
        output.Write(group.WrittenSpan);
    }

    private static void Text(ElementWriter writer, DicomTag tag, DicomVr vr, string text) =>
        writer.Value(tag, vr, System.Text.Encoding.Latin1.GetBytes(text));
}
