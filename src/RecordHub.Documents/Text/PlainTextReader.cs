using System.Text.RegularExpressions;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;

namespace RecordHub.Documents.Text;

/// <summary>Text without markup; the charset is told by the bytes.</summary>
internal static partial class PlainTextReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        string decoded = Charsets.Decode(content.Span, out string charset);
        int zero = decoded.AsSpan(0, Math.Min(decoded.Length, 64 * 1024)).IndexOf('\0');
        if (zero >= 0)
        {
            throw DocumentException.Unreadable("not text: it holds zero bytes", $"character {zero}");
        }

        TextSink sink = new(context.Limits.MaxTextChars);
        sink.Write(decoded);
        if (sink.IsEmpty)
        {
            context.Warn("no-text", "the file holds only white space");
        }

        if (charset == "windows-1252")
        {
            context.Warn("charset-guessed", "the bytes are not UTF-8; read as windows-1252");
        }

        TextSink laidOut = new(context.Limits.MaxTextChars);
        laidOut.Write(Gap().Replace(decoded, "\t"));
        return FreeText.Document(DocumentKind.PlainText, sink, null, context, laidOut: laidOut.ToString()) with
        {
            Warnings = context.TakeWarnings(),
        };
    }

    // Columns are kept apart by blanks where there are no tables.
    [GeneratedRegex(@"(?<=[^\s])[ \u00a0]{2,}(?=[^\s])", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
