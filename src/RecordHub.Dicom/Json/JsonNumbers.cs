using System.Buffers.Binary;
using System.Text.Json;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Json;

/// <summary>Numbers in DICOM JSON (PS3.18 Table F.2.3-1).</summary>
internal static class JsonNumbers
{
    // Beyond these a double, which is what most readers of JSON have, cannot tell neighbours apart.
    private const long MaxExact = 1L << 53;
    private const int MaxDigits = 15;

    public static void Write(Utf8JsonWriter output, JsonEncodedText name, DicomVr vr, ReadOnlySpan<byte> value)
    {
        int unit = vr.UnitSize();
        if (value.Length < unit)
        {
            return;
        }

        output.WriteStartArray(name);
        for (; value.Length >= unit; value = value[unit..])
        {
            One(output, vr, value);
        }

        output.WriteEndArray();
    }

    /// <summary>A decimal or integer string: as a number if that says exactly the same, else as it is written.</summary>
    public static void WriteDecimal(Utf8JsonWriter output, ReadOnlySpan<byte> text)
    {
        if (IsExactJsonNumber(text))
        {
            output.WriteRawValue(text, skipInputValidation: true);
        }
        else if (SignificantDigits(text) <= MaxDigits && ElementNumbers.TryParseDecimal(text, out double number))
        {
            output.WriteNumberValue(number);
        }
        else
        {
            output.WriteStringValue(text);
        }
    }

    // The grammar of JSON: no plus sign, no leading zeros, digits on both sides of the point.
    private static bool IsExactJsonNumber(ReadOnlySpan<byte> text)
    {
        int at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int integer = Digits(text, ref at);
        bool valid = integer == 1 || (integer > 1 && text[at - integer] != '0');
        if (valid && at < text.Length && text[at] == '.')
        {
            at++;
            valid = Digits(text, ref at) > 0;
        }

        if (valid && at < text.Length && (text[at] | 0x20) == 'e')
        {
            at++;
            at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            valid = Digits(text, ref at) is > 0 and < 3;
        }

        return valid && at == text.Length && SignificantDigits(text) <= MaxDigits;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at - start;
    }

    private static int SignificantDigits(ReadOnlySpan<byte> text)
    {
        int digits = 0;
        foreach (byte next in text)
        {
            if ((next | 0x20) == 'e')
            {
                break;
            }

            digits += next is >= (byte)'1' and <= (byte)'9' || (next == '0' && digits > 0) ? 1 : 0;
        }

        return digits;
    }

    private static void One(Utf8JsonWriter output, DicomVr vr, ReadOnlySpan<byte> at)
    {
        switch (vr)
        {
            case DicomVr.US: output.WriteNumberValue(BinaryPrimitives.ReadUInt16LittleEndian(at)); break;
            case DicomVr.SS: output.WriteNumberValue(BinaryPrimitives.ReadInt16LittleEndian(at)); break;
            case DicomVr.UL: output.WriteNumberValue(BinaryPrimitives.ReadUInt32LittleEndian(at)); break;
            case DicomVr.SL: output.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(at)); break;
            case DicomVr.FL: Real(output, BinaryPrimitives.ReadSingleLittleEndian(at)); break;
            case DicomVr.FD: Real(output, BinaryPrimitives.ReadDoubleLittleEndian(at)); break;
            case DicomVr.UV: Unsigned(output, BinaryPrimitives.ReadUInt64LittleEndian(at)); break;
            case DicomVr.SV: Signed(output, BinaryPrimitives.ReadInt64LittleEndian(at)); break;
            case DicomVr.AT:
                uint tag = ((uint)BinaryPrimitives.ReadUInt16LittleEndian(at) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(at[2..]);
                Span<byte> hex = stackalloc byte[8];
                tag.TryFormat(hex, out _, "X8", System.Globalization.CultureInfo.InvariantCulture);
                output.WriteStringValue(hex);
                break;
            default: output.WriteNullValue(); break;
        }
    }

    private static void Real(Utf8JsonWriter output, float value)
    {
        if (float.IsFinite(value))
        {
            output.WriteNumberValue(value);
        }
        else
        {
            NotFinite(output, value);
        }
    }

    private static void Real(Utf8JsonWriter output, double value)
    {
        if (double.IsFinite(value))
        {
            output.WriteNumberValue(value);
        }
        else
        {
            NotFinite(output, value);
        }
    }

    private static void NotFinite(Utf8JsonWriter output, double value) =>
        output.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "inf"u8 : "-inf"u8);

    private static void Unsigned(Utf8JsonWriter output, ulong value)
    {
        if (value <= MaxExact)
        {
            output.WriteNumberValue(value);
            return;
        }

        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        output.WriteStringValue(text[..length]);
    }

    private static void Signed(Utf8JsonWriter output, long value)
    {
        if (value is >= -MaxExact and <= MaxExact)
        {
            output.WriteNumberValue(value);
            return;
        }

        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        output.WriteStringValue(text[..length]);
    }
}
