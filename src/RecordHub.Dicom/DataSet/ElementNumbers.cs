using System.Buffers.Binary;
using System.Globalization;

namespace RecordHub.Dicom.DataSet;

/// <summary>Numbers of the binary and the text representations (PS3.5 §6.2).</summary>
internal static class ElementNumbers
{
    private const int MaxText = 16 * 1024 * 1024;

    public static int? FirstInt32(DicomElement element)
    {
        double? number = element.Vr is DicomVr.IS or DicomVr.DS ? FirstDecimal(element.Value.Span) : FirstDouble(element);
        return number is { } value && value == Math.Floor(value) && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : null;
    }

    public static double? FirstDouble(DicomElement element)
    {
        ReadOnlySpan<byte> value = element.Value.Span;
        if (element.Vr is DicomVr.IS or DicomVr.DS)
        {
            return FirstDecimal(value);
        }

        return TryRead(element.Vr, value, out double number) ? number : null;
    }

    public static IReadOnlyList<double> Doubles(DicomElement element)
    {
        ReadOnlySpan<byte> value = element.Value.Span;
        List<double> numbers = [];
        if (element.Vr is DicomVr.IS or DicomVr.DS)
        {
            while (!value.IsEmpty && value.Length <= MaxText)
            {
                int end = value.IndexOf((byte)'\\');
                if (!TryParseDecimal(end < 0 ? value : value[..end], out double number))
                {
                    return [];
                }

                numbers.Add(number);
                value = end < 0 ? default : value[(end + 1)..];
            }

            return numbers;
        }

        for (; TryRead(element.Vr, value, out double number); value = value[element.Vr.UnitSize()..])
        {
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Reads one decimal or integer string; spaces around it and a leading plus are allowed.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, out double number)
    {
        text = text.Trim(" \0"u8);
        return double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>The shortest text of at most sixteen characters that DS can hold (PS3.5 §6.2).</summary>
    public static string ToDecimalString(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("A decimal string is a finite number.", nameof(value));
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = 15; text.Length > 16; digits--)
        {
            text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        return text;
    }

    public static byte[] Encode(DicomVr vr, ReadOnlySpan<int> values)
    {
        int unit = vr.UnitSize();
        byte[] bytes = new byte[values.Length * unit];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> at = bytes.AsSpan(i * unit, unit);
            int value = values[i];
            switch (vr)
            {
                case DicomVr.US or DicomVr.OW: BinaryPrimitives.WriteUInt16LittleEndian(at, checked((ushort)value)); break;
                case DicomVr.SS: BinaryPrimitives.WriteInt16LittleEndian(at, checked((short)value)); break;
                case DicomVr.UL or DicomVr.OL: BinaryPrimitives.WriteUInt32LittleEndian(at, checked((uint)value)); break;
                case DicomVr.SL: BinaryPrimitives.WriteInt32LittleEndian(at, value); break;
                case DicomVr.UV or DicomVr.OV: BinaryPrimitives.WriteUInt64LittleEndian(at, checked((ulong)value)); break;
                case DicomVr.SV: BinaryPrimitives.WriteInt64LittleEndian(at, value); break;
                case DicomVr.AT:
                    BinaryPrimitives.WriteUInt16LittleEndian(at, unchecked((ushort)(value >> 16)));
                    BinaryPrimitives.WriteUInt16LittleEndian(at[2..], unchecked((ushort)value));
                    break;
                case DicomVr.FL or DicomVr.OF: BinaryPrimitives.WriteSingleLittleEndian(at, value); break;
                case DicomVr.FD or DicomVr.OD: BinaryPrimitives.WriteDoubleLittleEndian(at, value); break;
                default: throw new ArgumentException($"{vr.Code()} holds no numbers.", nameof(vr));
            }
        }

        return bytes;
    }

    public static byte[] Encode(DicomVr vr, ReadOnlySpan<double> values)
    {
        int unit = vr.UnitSize();
        byte[] bytes = new byte[values.Length * unit];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> at = bytes.AsSpan(i * unit, unit);
            switch (vr)
            {
                case DicomVr.FL or DicomVr.OF: BinaryPrimitives.WriteSingleLittleEndian(at, (float)values[i]); break;
                case DicomVr.FD or DicomVr.OD: BinaryPrimitives.WriteDoubleLittleEndian(at, values[i]); break;
                default: throw new ArgumentException($"{vr.Code()} holds no fractions.", nameof(vr));
            }
        }

        return bytes;
    }

    /// <summary>Writes the number that a text says; false when it is none or does not fit.</summary>
    public static bool TryEncode(DicomVr vr, string text, Span<byte> at)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        CultureInfo culture = CultureInfo.InvariantCulture;
        switch (vr)
        {
            case DicomVr.US when ushort.TryParse(text, Whole, culture, out ushort value):
                BinaryPrimitives.WriteUInt16LittleEndian(at, value);
                return true;
            case DicomVr.SS when short.TryParse(text, Whole, culture, out short value):
                BinaryPrimitives.WriteInt16LittleEndian(at, value);
                return true;
            case DicomVr.UL when uint.TryParse(text, Whole, culture, out uint value):
                BinaryPrimitives.WriteUInt32LittleEndian(at, value);
                return true;
            case DicomVr.SL when int.TryParse(text, Whole, culture, out int value):
                BinaryPrimitives.WriteInt32LittleEndian(at, value);
                return true;
            case DicomVr.UV when ulong.TryParse(text, Whole, culture, out ulong value):
                BinaryPrimitives.WriteUInt64LittleEndian(at, value);
                return true;
            case DicomVr.SV when long.TryParse(text, Whole, culture, out long value):
                BinaryPrimitives.WriteInt64LittleEndian(at, value);
                return true;
            case DicomVr.AT when DicomTag.TryParse(text, out DicomTag value):
                BinaryPrimitives.WriteUInt16LittleEndian(at, value.Group);
                BinaryPrimitives.WriteUInt16LittleEndian(at[2..], value.Element);
                return true;
            case DicomVr.FL or DicomVr.FD when TryParseReal(text, out double value):
                if (vr == DicomVr.FL)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(at, (float)value);
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(at, value);
                }

                return true;
            default:
                return false;
        }
    }

    private static bool TryParseReal(string text, out double value)
    {
        (bool special, value) = text switch
        {
            "NaN" => (true, double.NaN),
            "inf" or "Infinity" => (true, double.PositiveInfinity),
            "-inf" or "-Infinity" => (true, double.NegativeInfinity),
            _ => (false, 0),
        };
        return special || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static double? FirstDecimal(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)'\\');
        return TryParseDecimal(end < 0 ? value : value[..end], out double number) ? number : null;
    }

    private static bool TryRead(DicomVr vr, ReadOnlySpan<byte> value, out double number)
    {
        number = 0;
        int unit = vr.UnitSize();
        if (value.Length < unit || unit == 1)
        {
            return false;
        }

        number = vr switch
        {
            DicomVr.US or DicomVr.OW => BinaryPrimitives.ReadUInt16LittleEndian(value),
            DicomVr.SS => BinaryPrimitives.ReadInt16LittleEndian(value),
            DicomVr.UL or DicomVr.OL => BinaryPrimitives.ReadUInt32LittleEndian(value),
            DicomVr.SL => BinaryPrimitives.ReadInt32LittleEndian(value),
            DicomVr.UV or DicomVr.OV => BinaryPrimitives.ReadUInt64LittleEndian(value),
            DicomVr.SV => BinaryPrimitives.ReadInt64LittleEndian(value),
            DicomVr.FL or DicomVr.OF => BinaryPrimitives.ReadSingleLittleEndian(value),
            DicomVr.FD or DicomVr.OD => BinaryPrimitives.ReadDoubleLittleEndian(value),
            _ => double.NaN,
        };
        return !double.IsNaN(number) || vr is DicomVr.FL or DicomVr.OF or DicomVr.FD or DicomVr.OD;
    }
}
