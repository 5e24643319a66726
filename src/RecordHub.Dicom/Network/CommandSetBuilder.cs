using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Writes a command set, elements in rising order, with its group length.</summary>
internal sealed class CommandSetBuilder
{
    private const int GroupLengthSize = 12;
    private const int HeaderLength = 8;

    private byte[] _bytes = new byte[160];
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
        uid.IsNone ? this : Add(element, uid.ToString(), (byte)'\0');

    public CommandSetBuilder Add(ushort element, string text) => Add(element, text, (byte)' ');

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
        value.CopyTo(Begin(element, value.Length));
        return this;
    }

    private CommandSetBuilder Add(ushort element, string text, byte pad)
    {
        Span<byte> value = Begin(element, text.Length + (text.Length % 2));
        value.Fill(pad);
        System.Text.Encoding.ASCII.GetBytes(text, value);
        return this;
    }

    // The room of a value.
    private Span<byte> Begin(ushort element, int valueLength)
    {
        int length = HeaderLength + valueLength;
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + length));
        }

        Span<byte> output = _bytes.AsSpan(_length);
        BinaryPrimitives.WriteUInt16LittleEndian(output, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(output[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(output[4..], valueLength);
        _length += length;
        return output.Slice(HeaderLength, valueLength);
    }
}
