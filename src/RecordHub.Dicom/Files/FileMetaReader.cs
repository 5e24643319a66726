using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>What file meta information says (PS3.10 §7.1).</summary>
internal static class FileMetaReader
{
    /// <summary>Whether bytes look like an element of group 2, and in which encoding.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes, out EncodingGuess encoding)
    {
        encoding = default;
        if (bytes.Length < EncodingGuess.Length)
        {
            return false;
        }

        bool big = bytes[0] == 0 && bytes[1] == 2;
        DicomTag tag = new(EncodingGuess.ReadTag(bytes, big));
        bool isExplicit = DicomVrExtensions.TryParse(bytes[4], bytes[5], out _);
        encoding = new EncodingGuess(isExplicit, big ? ByteOrder.BigEndian : ByteOrder.LittleEndian);
        return tag.Group == 2 && (isExplicit
            ? !big || DicomDictionary.IsKnown(tag)
            : !big && DicomDictionary.IsKnown(tag) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) < 1024);
    }

    /// <summary>The transfer syntax in a row of Transfer Syntax UID.</summary>
    public static TransferSyntax Syntax(TapeBuilder tape, int row)
    {
        TapeRow value = tape[row];
        string text = value.Kind == RowKind.Value
            ? System.Text.Encoding.Latin1.GetString(tape.Value(value.Position, value.Length))
            : string.Empty;
        return TransferSyntax.Of(Uid.TryParse(text, out Uid uid) ? uid : Uid.None);
    }

    /// <summary>Warns if the group length is missing or leads elsewhere than where the group ended.</summary>
    public static void CheckGroupLength(TapeBuilder meta, long start, long end, WarningList warnings)
    {
        ReadOnlySpan<byte> declared = meta.ValueOf(DicomTags.FileMetaInformationGroupLength);
        if (declared.Length != 4)
        {
            warnings.Add(ReadTolerance.MissingFileMetaGroupLength, start, DicomTags.FileMetaInformationGroupLength);
        }
        else if (start + 12 + BinaryPrimitives.ReadUInt32LittleEndian(declared) != end)
        {
            warnings.Add(ReadTolerance.WrongFileMetaGroupLength, start, DicomTags.FileMetaInformationGroupLength);
        }
    }
}
