using System.Text;
using RecordHub.Documents.Reading;

namespace RecordHub.Documents.Hl7;

/// <summary>Files inside OBX-5: the ED data type (HL7 v2.8 §2A.3.24), and PDF in base64 that is sent as mere text.</summary>
internal static class Hl7Attachments
{
    /// <summary>True when the value is a file, whether or not it could be taken.</summary>
    public static bool TryTake(Er7Segment obx, Er7Field value, string? type, AttachmentList attachments, ReadContext context)
    {
        switch (type)
        {
            case "ED":
                return TakeEncapsulated(obx, value, attachments, context);
            case "RP":
                context.Warn("external-reference", "an OBX refers to a file that is not in the message; ask the sender for it");
                return true;
            case "TX" or "FT" or "ST" or "CE" or null:
                ReadOnlySpan<char> raw = value.RawFrom(1);
                return raw.Length > 100 && raw.StartsWith("JVBERi0")
                    && Base64Text.TryDecode(raw, out byte[] pdf, out _)
                    && attachments.Add("application/pdf", Name(obx), pdf);
            default:
                return false;
        }
    }

    private static bool TakeEncapsulated(Er7Segment obx, Er7Field value, AttachmentList attachments, ReadContext context)
    {
        // source ^ type ^ subtype ^ encoding ^ data; senders drop leading components, so the encoding is looked for.
        string encoding = value.Text(4)?.ToUpperInvariant() ?? string.Empty;
        ReadOnlySpan<char> data = value.RawFrom(5);
        if (data.IsEmpty)
        {
            int at = Enumerable.Range(1, Math.Min(value.Components, 5))
                .FirstOrDefault(i => value.Text(i)?.Equals("BASE64", StringComparison.OrdinalIgnoreCase) == true);
            encoding = at > 0 ? "BASE64" : encoding;
            data = at > 0 ? value.RawFrom(at + 1) : value.RawComponent(value.Components);
        }

        string mediaType = MediaType(value.Text(2), value.Text(3));
        switch (encoding)
        {
            case "A" or "NONE" or "TEXT":
                return attachments.Add(mediaType, Name(obx), Encoding.UTF8.GetBytes(value.Unescape(data)));
            case "HEX":
                return TakeHex(obx, data, mediaType, attachments, context);
            default:
                if (!Base64Text.TryDecode(Unbroken(value, data), out byte[] bytes, out bool whole))
                {
                    context.Warn("attachment-unreadable", "an OBX attachment is not valid base64");
                    return true;
                }

                if (!whole)
                {
                    context.Warn("attachment-cut", "an OBX attachment ends in the middle of a base64 group");
                }

                attachments.Add(mediaType, Name(obx), bytes);
                return true;
        }
    }

    private static bool TakeHex(
        Er7Segment obx, ReadOnlySpan<char> data, string mediaType, AttachmentList attachments, ReadContext context)
    {
        string digits = new([.. data.ToString().Where(c => !char.IsWhiteSpace(c))]);
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            context.Warn("attachment-unreadable", "an OBX attachment is not valid hexadecimal");
            return true;
        }

        attachments.Add(mediaType, Name(obx), Convert.FromHexString(digits));
        return true;
    }

    /// <summary>Line breaks may be escaped (\.br\, \X0D\) inside the data.</summary>
    private static ReadOnlySpan<char> Unbroken(Er7Field field, ReadOnlySpan<char> data) =>
        data.Contains('\\') ? field.Unescape(data) : data;

    /// <summary>OBX-3 text makes a readable file name; never the patient's.</summary>
    private static string? Name(Er7Segment obx) => obx.First(3).Text(2);

    private static string MediaType(string? type, string? subtype)
    {
        string main = type?.ToLowerInvariant() ?? string.Empty;
        string sub = subtype?.ToLowerInvariant() ?? string.Empty;
        return (main, sub) switch
        {
            _ when main.Contains('/', StringComparison.Ordinal) => main,
            (_, "pdf") or ("pdf", _) => "application/pdf",
            (_, "rtf" or "x-rtf") => "text/rtf",
            (_, "html" or "x-html") => "text/html",
            (_, "jpeg" or "jpg" or "x-jpeg" or "x-jpg") => "image/jpeg",
            (_, "png" or "tiff" or "gif") => "image/" + sub,
            (_, "xml" or "x-hl7-cda-level-one") => "application/xml",
            (_, "octet-stream" or "octer-stream") => MediaTypes.Unknown,
            ("text" or "txt", _) => "text/plain",
            ("application" or "ap" or "image" or "im" or "audio" or "video" or "multipart", { Length: > 0 }) =>
                $"{(main is "ap" ? "application" : main is "im" ? "image" : main)}/{sub}",
            _ => MediaTypes.Unknown,
        };
    }
}
