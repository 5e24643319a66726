using System.Globalization;
using System.Text;

namespace RecordHub.Core.Packages;

/// <summary>Builds the XHTML of a narrative (R4 narrative.html): every text is escaped, nothing else gets in.</summary>
internal sealed class Narrative
{
    private readonly StringBuilder _html = new();

    internal bool IsEmpty => _html.Length == 0;

    public override string ToString() => $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{_html}</div>";

    internal Narrative Paragraph(string text) => Element("p", text);

    internal Narrative Heading(string text)
    {
        _html.Append("<p><b>").Append(Escape(text)).Append("</b></p>");
        return this;
    }

    internal Narrative List(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
        {
            return this;
        }

        _html.Append("<ul>");
        foreach (string line in all)
        {
            Element("li", line);
        }

        _html.Append("</ul>");
        return this;
    }

    internal Narrative Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        _html.Append("<table><thead><tr>");
        foreach (string cell in head)
        {
            Element("th", cell);
        }

        _html.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            _html.Append("<tr>");
            foreach (string cell in row)
            {
                Element("td", cell);
            }

            _html.Append("</tr>");
        }

        _html.Append("</tbody></table>");
        return this;
    }

    // XML 1.0 §2.2: what is no character of XML becomes U+FFFD.
    internal static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF)):
                    escaped.Append(rune.ToString());
                    break;
                default:
                    escaped.Append('\uFFFD');
                    break;
            }
        }

        return escaped.ToString();
    }

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private Narrative Element(string name, string text)
    {
        _html.Append('<').Append(name).Append('>').Append(Escape(text)).Append("</").Append(name).Append('>');
        return this;
    }
}
