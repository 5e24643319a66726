using System.Buffers.Binary;
using System.Text;

namespace RecordHub.Documents.Archives;

/// <summary>A directory record of a disc image (ECMA-119 §9.1), its name as a path component.</summary>
/// <param name="Name">Without version number; empty for the folder itself and the one above it.</param>
/// <param name="Block">The first logical block of its content.</param>
/// <param name="Length">Bytes of its content.</param>
internal readonly record struct IsoRecord(string Name, uint Block, uint Length, bool IsFolder, bool HasMoreParts, bool IsInterleaved)
{
    private const int MinLength = 34;

    /// <summary>Reads the record at the beginning of the bytes; false for what is none, and then nothing follows in this sector.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, bool joliet, out IsoRecord record, out int size)
    {
        record = default;
        size = bytes.IsEmpty ? 0 : bytes[0];
        if (size < MinLength || size > bytes.Length || 33 + bytes[32] > size)
        {
            return false;
        }

        ReadOnlySpan<byte> name = bytes.Slice(33, bytes[32]);
        byte flags = bytes[25];
        record = new IsoRecord(
            name is [0 or 1] ? string.Empty : NameOf(name, joliet),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]) + bytes[1],
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]),
            (flags & 2) != 0, (flags & 0x80) != 0, bytes[26] != 0);
        return true;
    }

    // A name ends with ";1", and one without extension may keep its dot.
    private static string NameOf(ReadOnlySpan<byte> bytes, bool joliet)
    {
        string name = (joliet ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(bytes);
        int version = name.LastIndexOf(';');
        return (version > 0 ? name[..version] : name).TrimEnd('.');
    }
}
