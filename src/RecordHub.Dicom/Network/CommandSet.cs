using System.Buffers.Binary;
using System.Text;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A command set: elements of group 0000, always implicit VR little endian (PS3.7 §6.3.1).</summary>
internal sealed class CommandSet
{
    /// <summary>The value of (0000,0800) that means "no data set"; any other means that one follows.</summary>
    public const ushort NoDataSet = 0x0101;

    /// <summary>The value of (0000,0800) that we send when one follows.</summary>
    public const ushort WithDataSet = 0x0001;

    private const int HeaderLength = 8;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Uid _expectedClass;
    private Uid? _affectedClass;
    private Uid? _affectedInstance;

    private CommandSet(ReadOnlyMemory<byte> bytes, Uid expectedClass) => (_bytes, _expectedClass) = (bytes, expectedClass);

    /// <summary>Reads a whole command set; the bytes are kept, not copied.</summary>
    /// <param name="bytes">Its elements.</param>
    /// <param name="expectedClass">The SOP class that it most likely names, that of its context, which is then not made anew.</param>
    /// <exception cref="AssociationException">An element does not fit, or is not of group 0000.</exception>
    public static CommandSet Parse(ReadOnlyMemory<byte> bytes, Uid expectedClass = default)
    {
        ReadOnlySpan<byte> rest = bytes.Span;
        for (int elements = 0; rest.Length > 0; elements++)
        {
            if (rest.Length < HeaderLength || elements == DimseLimits.MaxCommandElements
                || BinaryPrimitives.ReadUInt16LittleEndian(rest) != 0 || LengthOf(rest) > rest.Length - HeaderLength)
            {
                throw new AssociationException(AbortReason.InvalidPduParameterValue);
            }

            rest = After(rest);
        }

        return new CommandSet(bytes, expectedClass);
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
    public Uid Uid(ushort element) => element switch
    {
        // Asked for by all that have to do with a message.
        CommandElement.AffectedSopClassUid => _affectedClass ??= ReadClass(Value(element)),
        CommandElement.AffectedSopInstanceUid => _affectedInstance ??= DataSet.Uid.Read(Value(element)),
        _ => DataSet.Uid.Read(Value(element)),
    };

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

    private Uid ReadClass(ReadOnlySpan<byte> value) =>
        !_expectedClass.IsNone && Ascii.Equals(value.Trim(" \0"u8), _expectedClass.ToString())
            ? _expectedClass
            : DataSet.Uid.Read(value);

    private ReadOnlySpan<byte> Value(ushort element)
    {
        for (ReadOnlySpan<byte> rest = _bytes.Span; rest.Length > 0; rest = After(rest))
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) == element)
            {
                return rest.Slice(HeaderLength, (int)LengthOf(rest));
            }
        }

        return [];
    }

    private static uint LengthOf(ReadOnlySpan<byte> element) => BinaryPrimitives.ReadUInt32LittleEndian(element[4..]);

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> element) =>
        element[(HeaderLength + (int)LengthOf(element))..];
}
