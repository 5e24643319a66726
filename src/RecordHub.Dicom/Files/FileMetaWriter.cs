using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>Writes preamble, prefix and file meta information (PS3.10 §7.1).</summary>
public static class FileMetaWriter
{
    private const int PreambleLength = 128;
    private const int GroupStart = PreambleLength + 4 + 8 + 4;
    private const int ShortHeader = 8;
    private const int LongHeader = 12;

    /// <summary>The bytes that <see cref="Write(Span{byte}, Uid, Uid, Uid, string?)"/> writes.</summary>
    /// <param name="sourceAeTitle">Who sent it; left out when null, empty or longer than sixteen characters.</param>
    public static int LengthOf(Uid sopClass, Uid sopInstance, Uid transferSyntax, string? sourceAeTitle = null) =>
        GroupStart + LongHeader + 2 + LengthOf(sopClass.ToString()) + LengthOf(sopInstance.ToString())
        + LengthOf(transferSyntax.ToString()) + LengthOf(Implementation.ClassUid.ToString())
        + LengthOf(Implementation.VersionName) + (IsNamed(sourceAeTitle) ? LengthOf(sourceAeTitle!) : 0);

    /// <summary>What goes before a data set received over the network; the preamble is zero.</summary>
    /// <param name="sourceAeTitle">Who sent it; left out when null, empty or longer than sixteen characters.</param>
    public static void Write(
        IBufferWriter<byte> output, Uid sopClass, Uid sopInstance, Uid transferSyntax, string? sourceAeTitle = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        int length = LengthOf(sopClass, sopInstance, transferSyntax, sourceAeTitle);
        Write(output.GetSpan(length)[..length], sopClass, sopInstance, transferSyntax, sourceAeTitle);
        output.Advance(length);
    }

    /// <summary>The same into memory of the caller, which is as long as it must be.</summary>
    public static void Write(
        Span<byte> output, Uid sopClass, Uid sopInstance, Uid transferSyntax, string? sourceAeTitle = null)
    {
        output[..PreambleLength].Clear();
        "DICM"u8.CopyTo(output[PreambleLength..]);
        Span<byte> rest = Header(output[(PreambleLength + 4)..], DicomTags.FileMetaInformationGroupLength, "UL"u8, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)(output.Length - GroupStart));

        // OB has two bytes more, and a length of four.
        rest = rest[4..];
        Tag(rest, DicomTags.FileMetaInformationVersion);
        ReadOnlySpan<byte> version = [(byte)'O', (byte)'B', 0, 0, 2, 0, 0, 0, 0, 1];
        version.CopyTo(rest[4..]);
        rest = rest[(LongHeader + 2)..];

        rest = Text(rest, DicomTags.MediaStorageSOPClassUID, "UI"u8, sopClass.ToString());
        rest = Text(rest, DicomTags.MediaStorageSOPInstanceUID, "UI"u8, sopInstance.ToString());
        rest = Text(rest, DicomTags.TransferSyntaxUID, "UI"u8, transferSyntax.ToString());
        rest = Text(rest, DicomTags.ImplementationClassUID, "UI"u8, Implementation.ClassUid.ToString());
        rest = Text(rest, DicomTags.ImplementationVersionName, "SH"u8, Implementation.VersionName);
        if (IsNamed(sourceAeTitle))
        {
            Text(rest, DicomTags.SourceApplicationEntityTitle, "AE"u8, sourceAeTitle!);
        }
    }

    private static bool IsNamed(string? sourceAeTitle) => sourceAeTitle is { Length: > 0 and <= 16 };

    private static int LengthOf(string text) => ShortHeader + text.Length + (text.Length & 1);

    // What follows the element. UIDs are padded by a zero, texts by a space (PS3.5 §6.2).
    private static Span<byte> Text(Span<byte> output, DicomTag tag, ReadOnlySpan<byte> vr, string text)
    {
        Span<byte> value = Header(output, tag, vr, text.Length + (text.Length & 1));
        System.Text.Encoding.Latin1.GetBytes(text, value);
        if ((text.Length & 1) != 0)
        {
            value[text.Length] = vr.SequenceEqual("UI"u8) ? (byte)0 : (byte)' ';
        }

        return value[(text.Length + (text.Length & 1))..];
    }

    private static Span<byte> Header(Span<byte> output, DicomTag tag, ReadOnlySpan<byte> vr, int length)
    {
        Tag(output, tag);
        vr.CopyTo(output[4..]);
        BinaryPrimitives.WriteUInt16LittleEndian(output[6..], (ushort)length);
        return output[ShortHeader..];
    }

    private static void Tag(Span<byte> output, DicomTag tag)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(output, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(output[2..], tag.Element);
    }
}
