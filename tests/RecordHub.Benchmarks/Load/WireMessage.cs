using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RecordHub.Benchmarks.Load;

/// <summary>
/// One C-STORE request cut into PDUs as it goes over the wire (PS3.8 §9.3.5), renumbered in place for each instance: a
/// sender that costs little more than the copy into the socket.
/// </summary>
internal sealed class WireMessage
{
    private const int PduHead = 6;
    private const int PdvHead = 6;

    private readonly InstanceTemplate _template;
    private readonly byte[] _dataSet;
    private readonly byte[] _command;
    private readonly byte _context;
    private readonly int _fragment;
    private readonly byte[] _wire;
    private readonly int _body;

    public WireMessage(InstanceTemplate template, byte context, int maxPdu)
    {
        _template = template;
        _context = context;
        _fragment = (maxPdu - PdvHead) & ~1;
        _dataSet = new byte[template.Length];
        template.CopyTo(_dataSet);
        _command = Command(InstanceTemplate.InstanceUid(0, 0));
        int pdus = (template.Length + _fragment - 1) / _fragment;
        _body = PduHead + PdvHead + _command.Length;
        _wire = new byte[_body + template.Length + (pdus * (PduHead + PdvHead))];
    }

    /// <summary>The bytes of the whole message for an instance; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Next(long study, long number, ushort messageId)
    {
        _template.Number(_dataSet, study, number);
        int at = Head(0, _command.Length, 0x03);
        _command.CopyTo(_wire, at);
        BinaryPrimitives.WriteUInt16LittleEndian(_wire.AsSpan(at + MessageIdAt), messageId);
        Encoding.ASCII.GetBytes(InstanceTemplate.InstanceUid(study, number), _wire.AsSpan(at + InstanceUidAt));
        at = _body;
        for (int from = 0; from < _dataSet.Length; from += _fragment)
        {
            int length = Math.Min(_fragment, _dataSet.Length - from);
            at = Head(at, length, from + length == _dataSet.Length ? (byte)0x02 : (byte)0x00);
            _dataSet.AsSpan(from, length).CopyTo(_wire.AsSpan(at));
            at += length;
        }

        return _wire.AsMemory(0, at);
    }

    private int MessageIdAt { get; set; }

    private int InstanceUidAt { get; set; }

    private int Head(int at, int length, byte control)
    {
        Span<byte> head = _wire.AsSpan(at, PduHead + PdvHead);
        head[0] = 0x04;
        head[1] = 0;
        BinaryPrimitives.WriteInt32BigEndian(head[2..], length + PdvHead);
        BinaryPrimitives.WriteInt32BigEndian(head[6..], length + 2);
        head[10] = _context;
        head[11] = control;
        return at + head.Length;
    }

    // The command set of C-STORE-RQ (PS3.7 §9.3.1.1), implicit VR little endian.
    private byte[] Command(string instance)
    {
        ArrayBufferWriter<byte> output = new(256);
        Element(output, 0x0002, Encoding.ASCII.GetBytes(InstanceTemplate.SopClass.ToString()));
        Element(output, 0x0100, [1, 0]);
        Element(output, 0x0110, [1, 0]);
        MessageIdAt = 12 + output.WrittenCount - 2;
        Element(output, 0x0700, [0, 0]);
        Element(output, 0x0800, [1, 0]);
        Element(output, 0x1000, Encoding.ASCII.GetBytes(instance));
        InstanceUidAt = 12 + output.WrittenCount - (instance.Length + (instance.Length & 1));
        ArrayBufferWriter<byte> whole = new(256);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, output.WrittenCount);
        Element(whole, 0x0000, length);
        whole.Write(output.WrittenSpan);
        return whole.WrittenSpan.ToArray();
    }

    private static void Element(ArrayBufferWriter<byte> output, ushort element, ReadOnlySpan<byte> value)
    {
        int padded = value.Length + (value.Length & 1);
        Span<byte> target = output.GetSpan(8 + padded)[..(8 + padded)];
        target.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], padded);
        value.CopyTo(target[8..]);
        output.Advance(8 + padded);
    }
}
