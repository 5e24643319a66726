using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.Json;

/// <summary>Text in DICOM JSON (PS3.18 §F.2.2, §F.2.3): from the bytes where they are UTF-8 already.</summary>
internal static class JsonText
{
    private const byte Escape = 0x1B;
    private static readonly JsonEncodedText s_alphabetic = JsonEncodedText.Encode("Alphabetic");
    private static readonly JsonEncodedText s_ideographic = JsonEncodedText.Encode("Ideographic");
    private static readonly JsonEncodedText s_phonetic = JsonEncodedText.Encode("Phonetic");

    public static void Write(
        Utf8JsonWriter output, JsonEncodedText name, DicomVr vr, ReadOnlySpan<byte> value, CharacterSet characterSet,
        bool decimalsAsText)
    {
        ReadOnlySpan<byte> text = Trim(vr, value);
        if (text.IsEmpty)
        {
            return;
        }

        bool asIs = Ascii.IsValid(text) ? !text.Contains(Escape) : characterSet.IsUtf8 && Utf8.IsValid(text);
        if (!asIs)
        {
            CharacterSet used = vr.UsesCharacterSet() ? characterSet : CharacterSet.Default;
            text = Trim(vr, System.Text.Encoding.UTF8.GetBytes(used.Decode(text, ElementText.Delimiters(vr))));
            if (text.IsEmpty)
            {
                // Nothing but escape sequences.
                return;
            }
        }

        output.WriteStartArray(name);
        while (true)
        {
            int end = vr.IsSingleText() ? -1 : text.IndexOf((byte)'\\');
            One(output, vr, Trim(vr, end < 0 ? text : text[..end]), decimalsAsText);
            if (end < 0)
            {
                break;
            }

            text = text[(end + 1)..];
        }

        output.WriteEndArray();
    }

    private static void One(Utf8JsonWriter output, DicomVr vr, ReadOnlySpan<byte> text, bool decimalsAsText)
    {
        if (text.IsEmpty)
        {
            output.WriteNullValue();
        }
        else if (vr == DicomVr.PN)
        {
            Name(output, text);
        }
        else if (!decimalsAsText && (vr is DicomVr.IS or DicomVr.DS))
        {
            JsonNumbers.WriteDecimal(output, text);
        }
        else
        {
            output.WriteStringValue(text);
        }
    }

    private static void Name(Utf8JsonWriter output, ReadOnlySpan<byte> text)
    {
        output.WriteStartObject();
        for (int group = 0; group < 3 && !text.IsEmpty; group++)
        {
            int end = group == 2 ? -1 : text.IndexOf((byte)'=');
            ReadOnlySpan<byte> part = (end < 0 ? text : text[..end]).TrimEnd(" \0"u8);
            if (!part.IsEmpty)
            {
                output.WriteString(group switch { 0 => s_alphabetic, 1 => s_ideographic, _ => s_phonetic }, part);
            }

            text = end < 0 ? default : text[(end + 1)..];
        }

        output.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Trim(DicomVr vr, ReadOnlySpan<byte> text) => vr switch
    {
        DicomVr.LT or DicomVr.ST or DicomVr.UT or DicomVr.UC => text.TrimEnd(" \0"u8),
        _ => text.Trim(" \0"u8),
    };
}
