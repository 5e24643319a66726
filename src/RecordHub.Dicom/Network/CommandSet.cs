using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A command set: elements of group 0000, always implicit VR little endian (PS3.7 §6.3.1).</summary>
internal sealed class CommandSet
{
    /// <summary>The value of (0000,0800) that means "no data set"; any other means that one follows.</summary>
    public const ushort NoDataSet = 0x0101;

    /// <summary>The value of (0000,0800) that we send when one follows.</summary>
    public const ushort WithDataSet = 0x0001;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly (ushort Element, int Offset, int Length)[] _elements;

    private CommandSet(ReadOnlyMemory<byte> bytes, (ushort, int, int)[] elements)
    {
        _bytes = bytes;
        _elements = elements;
    }

    /// <summary>Reads a whole command set; the bytes are kept, not copied.</summary>
    /// <exception cref="AssociationException">An element does not fit, or is not of group 0000.</exception>
    public static CommandSet Parse(ReadOnlyMemory<byte> bytes)
    {
        List<(ushort, int, int)> elements = new(16);
        ReadOnlySpan<byte> span = bytes.Span;
        int offset = 0;
        while (offset < span.Length)
        {
            if (span.Length - offset < 8 || elements.Count == DimseLimits.MaxCommandElements)
            {
                throw new AssociationException(AbortReason.InvalidPduParameterValue);
            }

            ushort group = BinaryPrimitives.ReadUInt16LittleEndian(span[offset..]);
            ushort element = BinaryPrimitives.ReadUInt16LittleEndian(span[(offset + 2)..]);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(span[(offset + 4)..]);
            offset += 8;
            if (group != 0 || length > span.Length - offset)
            {
                throw new AssociationException(AbortReason.InvalidPduParameterValue);
            }

            elements.Add((element, offset, (int)length));
            offset += (int)length;
        }

        return new CommandSet(bytes, [.. elements]);
    }

    /// <summary>(0000,0100), without which a message is none.</summary>
    /// <exception cref="AssociationException">It is missing.</exception>
    public ushort CommandField => UInt16(CommandElement.CommandField)
        ?? throw new AssociationException(AbortReason.InvalidPduParameterValue);

    /// <summary>Whether a data set follows; missing is read as none.</summary>
    public bool HasDataSet => UInt16(CommandElement.CommandDataSetType) is not (null or NoDataSet);

    /// <summary>A US value; null when missing or empty.</summary>
    public ushort? UInt16(ushort element) =>
        Value(element) is { Length: >= 2 } value ? BinaryPrimitives.ReadUInt16LittleEndian(value) : null;

    /// <summary>A UI value; <see cref="Uid.None"/> when missing or no UID.</summary>
    public Uid Uid(ushort element) =>
        DataSet.Uid.TryParse(System.Text.Encoding.Latin1.GetString(Value(element)), out Uid uid) ? uid : DataSet.Uid.None;

    /// <summary>A text value without padding; null when missing or empty.</summary>
    public string? Text(ushort element) =>
        ItemCursor.ToText(Value(element)) is { Length: > 0 } text ? text : null;

    /// <summary>(0000,0901): attributes as (group &lt;&lt; 16) | element.</summary>
    public IReadOnlyList<uint> Tags(ushort element)
    {
        ReadOnlySpan<byte> value = Value(element);
        uint[] tags = new uint[value.Length / 4];
        for (int i = 0; i < tags.Length; i++)
        {
            tags[i] = ((uint)BinaryPrimitives.ReadUInt16LittleEndian(value[(4 * i)..]) << 16)
                | BinaryPrimitives.ReadUInt16LittleEndian(value[((4 * i) + 2)..]);
        }

        return tags;
    }

    private ReadOnlySpan<byte> Value(ushort element)
    {
        foreach ((ushort number, int offset, int length) in _elements)
        {
            if (number == element)
            {
                return _bytes.Span.Slice(offset, length);
            }
        }

        return [];
    }
}
