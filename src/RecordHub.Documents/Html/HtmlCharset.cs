using System.Text;
using System.Text.RegularExpressions;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Html;

/// <summary>The charset of HTML: byte order mark, then what the head says if the bytes can be that, then the bytes (HTML §13.2.3).</summary>
internal static partial class HtmlCharset
{
    private const int HeadBytes = 8192;

    public static string Decode(ReadOnlySpan<byte> bytes, ReadContext context)
    {
        if (Charsets.FromMark(bytes, out _) is not null || Charsets.GuessUtf16(bytes) is not null)
        {
            return Charsets.Decode(bytes, out _);
        }

        string head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        Encoding? stated = Charsets.ByName(Stated().Match(head) is { Success: true } match ? match.Groups[1].Value : null);
        // A head that can be read as bytes is not UTF-16, whatever it says (HTML §13.2.3.2 step 15).
        if (stated is null || stated is UnicodeEncoding or UTF32Encoding)
        {
            return Charsets.Decode(bytes, out _);
        }

        if (stated is UTF8Encoding && !Charsets.IsValidUtf8(bytes))
        {
            context.Warn("charset-mismatch", "the page says UTF-8 and the bytes are not; read as windows-1252");
            return Charsets.Windows1252.GetString(bytes);
        }

        return stated.GetString(bytes);
    }

    [GeneratedRegex("""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Stated();
}
