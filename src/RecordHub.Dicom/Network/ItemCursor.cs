using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Walks the items of an A-ASSOCIATE PDU; reading past the end is a protocol violation.</summary>
internal ref struct ItemCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>The next item: type, and a cursor over its content. The reserved byte is not looked at.</summary>
    public ItemCursor Item(out byte type)
    {
        type = Byte();
        Byte();
        return new ItemCursor(Take(UInt16()));
    }

    /// <summary>A value with its 16-bit length before it.</summary>
    public ReadOnlySpan<byte> Counted() => Take(UInt16());

    public Uid CountedUid() => Uid.Read(Counted());

    public Uid RestAsUid() => Uid.Read(Take(_rest.Length));

    public string RestAsText() => ToText(Take(_rest.Length));

    /// <summary>Text without outer spaces and NULs; what ISO 646 cannot show becomes '?', so that it can be logged.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> trimmed = bytes.Trim(" \0"u8);
        return string.Create(trimmed.Length, trimmed, static (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = source[i] is >= 0x20 and < 0x7F ? (char)source[i] : '?';
            }
        });
    }
}
