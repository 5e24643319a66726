using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Writes headers and values of elements in one encoding (PS3.5 §7.1).</summary>
internal readonly struct ElementWriter(IBufferWriter<byte> output, bool isExplicit, bool isBigEndian)
{
    public const uint UndefinedLength = 0xFFFF_FFFF;
    private const int MaxShortLength = 65_534;

    public void Value(DicomTag tag, DicomVr vr, ReadOnlySpan<byte> value)
    {
        int length = checked(value.Length + (value.Length & 1));
        Header(tag, vr, (uint)length);
        Span<byte> target = output.GetSpan(Math.Max(1, length))[..length];
        value.CopyTo(target);
        if (length > value.Length)
        {
            target[^1] = vr.IsText() && vr != DicomVr.UI ? (byte)' ' : (byte)0;
        }

        int unit = vr == DicomVr.AT ? 2 : vr.UnitSize();
        if (isBigEndian)
        {
            for (Span<byte> rest = target; unit > 1 && rest.Length >= unit; rest = rest[unit..])
            {
                rest[..unit].Reverse();
            }
        }

        output.Advance(length);
    }

    /// <summary>A header; what is too long for a 16-bit length is written as UN (PS3.5 §6.2.2).</summary>
    public void Header(DicomTag tag, DicomVr vr, uint length)
    {
        Span<byte> bytes = output.GetSpan(12);
        Tag(bytes, tag);
        if (!isExplicit)
        {
            UInt32(bytes[4..], length);
            output.Advance(8);
            return;
        }

        DicomVr written = !vr.HasLongLength() && length > MaxShortLength ? DicomVr.UN : vr;
        string code = written.Code();
        bytes[4] = (byte)code[0];
        bytes[5] = (byte)code[1];
        if (written.HasLongLength())
        {
            bytes[6] = 0;
            bytes[7] = 0;
            UInt32(bytes[8..], length);
            output.Advance(12);
            return;
        }

        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)length);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], (ushort)length);
        }

        output.Advance(8);
    }

    /// <summary>The byte after a value of odd length (PS3.5 §6.2).</summary>
    public void Padding(DicomVr vr)
    {
        output.GetSpan(1)[0] = vr.IsText() && vr != DicomVr.UI ? (byte)' ' : (byte)0;
        output.Advance(1);
    }

    /// <summary>An item or delimiter, which has no representation (PS3.5 §7.5).</summary>
    public void Marker(DicomTag tag, uint length)
    {
        Span<byte> bytes = output.GetSpan(8);
        Tag(bytes, tag);
        UInt32(bytes[4..], length);
        output.Advance(8);
    }

    private void Tag(Span<byte> bytes, DicomTag tag)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, tag.Value);
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], tag.Element);
    }

    private void UInt32(Span<byte> bytes, uint value)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }
    }
}
