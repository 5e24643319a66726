using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Writes a command set, elements in rising order, with its group length.</summary>
internal sealed class CommandSetBuilder
{
    private const int GroupLengthSize = 12;
    private const int HeaderLength = 8;

    private byte[] _bytes = new byte[192];
    private int _length;

    public CommandSetBuilder() => Add(CommandElement.GroupLength, [0, 0, 0, 0]);

    public CommandSetBuilder Add(ushort element, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return Add(element, bytes);
    }

    /// <summary>Adds a UID, unless it is <see cref="Uid.None"/>.</summary>
    public CommandSetBuilder Add(ushort element, Uid uid) =>
        uid.IsNone ? this : Add(element, Padded(uid.ToString(), '\0'));

    public CommandSetBuilder Add(ushort element, string text) => Add(element, Padded(text, ' '));

    public CommandSetBuilder Add(ushort element, IReadOnlyList<uint> tags)
    {
        byte[] bytes = new byte[4 * tags.Count];
        for (int i = 0; i < tags.Count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4 * i), (ushort)(tags[i] >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((4 * i) + 2), (ushort)(tags[i] & 0xFFFF));
        }

        return Add(element, bytes);
    }

    /// <summary>The finished bytes; the builder is not to be used again.</summary>
    public ReadOnlyMemory<byte> Build()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(HeaderLength), _length - GroupLengthSize);
        return _bytes.AsMemory(0, _length);
    }

    private CommandSetBuilder Add(ushort element, ReadOnlySpan<byte> value)
    {
        int length = HeaderLength + value.Length;
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + length));
        }

        Span<byte> output = _bytes.AsSpan(_length);
        BinaryPrimitives.WriteUInt16LittleEndian(output, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(output[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(output[4..], value.Length);
        value.CopyTo(output[HeaderLength..]);
        _length += length;
        return this;
    }

    private static byte[] Padded(string text, char pad) =>
        System.Text.Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + pad);
}
