using System.Buffers.Binary;
using System.Globalization;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.DataSet;

/// <summary>Values as text: decoded, split at backslashes, padding dropped (PS3.5 §6.2, §6.4).</summary>
internal static class ElementText
{
    private static readonly char[] s_padding = [' ', '\0'];

    public static string First(DicomDataSet dataSet, DicomElement element)
    {
        if (!element.Vr.IsText() && element.Vr != DicomVr.UN)
        {
            IReadOnlyList<string> numbers = All(dataSet, element);
            return numbers.Count == 0 ? string.Empty : numbers[0];
        }

        string text = Decode(dataSet, element);
        int end = element.Vr.IsSingleText() ? -1 : text.IndexOf('\\', StringComparison.Ordinal);
        return Trim(element.Vr, end < 0 ? text : text[..end]);
    }

    public static IReadOnlyList<string> All(DicomDataSet dataSet, DicomElement element)
    {
        DicomVr vr = element.Vr;
        if (!vr.IsText() && vr != DicomVr.UN)
        {
            return Numbers(vr, element.Value.Span);
        }

        string text = Decode(dataSet, element);
        if (text.Length == 0)
        {
            return [];
        }

        if (vr.IsSingleText() || !text.Contains('\\', StringComparison.Ordinal))
        {
            string only = Trim(vr, text);
            return only.Length == 0 ? [] : [only];
        }

        string[] values = text.Split('\\');
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Trim(vr, values[i]);
        }

        return values;
    }

    /// <summary>The bytes of a text, padded to an even length: with NUL for UI, with a space otherwise.</summary>
    /// <remarks>Representations outside of the character set should have ASCII alone; what has more stays as UTF-8.</remarks>
    public static byte[] Encode(DicomVr vr, string text, CharacterSet characterSet)
    {
        byte[] bytes = (vr.UsesCharacterSet() ? characterSet : CharacterSet.Utf8).Encode(text);
        if (bytes.Length % 2 != 0)
        {
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = vr == DicomVr.UI ? (byte)0 : (byte)' ';
        }

        return bytes;
    }

    private static string Decode(DicomDataSet dataSet, DicomElement element)
    {
        if (element.Owned?.Text is { } text)
        {
            return text;
        }

        CharacterSet characterSet = element.Vr.UsesCharacterSet() || element.Vr == DicomVr.UN
            ? dataSet.CharacterSet
            : CharacterSet.Default;
        return characterSet.Decode(element.Value.Span, Delimiters(element.Vr));
    }

    /// <summary>Bytes that bring the first character set back (PS3.5 §6.1.2.5.3).</summary>
    public static ReadOnlySpan<byte> Delimiters(DicomVr vr) => vr switch
    {
        DicomVr.PN => "\\^="u8,
        DicomVr.LT or DicomVr.ST or DicomVr.UT => [],
        _ => "\\"u8,
    };

    private static string Trim(DicomVr vr, string text) => vr switch
    {
        DicomVr.LT or DicomVr.ST or DicomVr.UT or DicomVr.UC => text.TrimEnd(s_padding),
        _ => text.Trim(s_padding),
    };

    private static string[] Numbers(DicomVr vr, ReadOnlySpan<byte> value)
    {
        int unit = vr.UnitSize();
        if (unit == 1 || vr.IsOpaque() || value.Length < unit)
        {
            return [];
        }

        string[] texts = new string[value.Length / unit];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Number(vr, value.Slice(i * unit, unit));
        }

        return texts;
    }

    private static string Number(DicomVr vr, ReadOnlySpan<byte> at)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return vr switch
        {
            DicomVr.US => BinaryPrimitives.ReadUInt16LittleEndian(at).ToString(culture),
            DicomVr.SS => BinaryPrimitives.ReadInt16LittleEndian(at).ToString(culture),
            DicomVr.UL => BinaryPrimitives.ReadUInt32LittleEndian(at).ToString(culture),
            DicomVr.SL => BinaryPrimitives.ReadInt32LittleEndian(at).ToString(culture),
            DicomVr.UV => BinaryPrimitives.ReadUInt64LittleEndian(at).ToString(culture),
            DicomVr.SV => BinaryPrimitives.ReadInt64LittleEndian(at).ToString(culture),
            DicomVr.FL => BinaryPrimitives.ReadSingleLittleEndian(at).ToString("R", culture),
            DicomVr.FD => BinaryPrimitives.ReadDoubleLittleEndian(at).ToString("R", culture),
            DicomVr.AT => new DicomTag(
                BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadUInt16LittleEndian(at[2..])).ToHex(),
            _ => string.Empty,
        };
    }
}
