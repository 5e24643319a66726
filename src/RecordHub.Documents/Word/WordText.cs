using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Word;

/// <summary>The text of WordprocessingML parts, read as a stream of XML, transitional and strict alike.</summary>
internal sealed class WordText(TextSink text, ReadContext context)
{
    private readonly HashSet<string> _told = [];

    public void WriteOnce(IEnumerable<OpenXmlPart> parts)
    {
        foreach (OpenXmlPart part in parts)
        {
            TextSink own = new(100_000);
            new WordText(own, context).Write(part, required: false);
            string words = own.ToString();
            if (words.Length > 0 && _told.Add(words))
            {
                text.Line();
                text.Write(words);
                text.Paragraph();
            }
        }
    }

    public void WriteNotes(OpenXmlPart? part)
    {
        if (part is not null)
        {
            text.Paragraph();
            Write(part, required: false);
        }
    }

    /// <summary>A required part that is damaged ends the reading; another is left out with a warning.</summary>
    public void Write(OpenXmlPart part, bool required)
    {
        try
        {
            using Stream content = part.GetStream(FileMode.Open, FileAccess.Read);
            using XmlReader reader = SafeXml.Open(content, context);
            Write(reader);
        }
        catch (DocumentException ended) when (ended.Outcome is DocumentOutcome.Unreadable broken)
        {
            if (required && text.IsEmpty)
            {
                throw DocumentException.Unreadable(broken.Reason, $"part {part.Uri.OriginalString.TrimStart('/')}, {broken.Where}");
            }

            context.Warn("part-damaged", $"a part is damaged at {broken.Where}; its text up to there was taken");
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            if (required)
            {
                throw DocumentException.Unreadable("the main part cannot be inflated", $"part {part.Uri.OriginalString.TrimStart('/')}");
            }

            context.Warn("part-damaged", "a part cannot be inflated and was left out");
        }
    }

    private void Write(XmlReader reader)
    {
        int nodes = 0;
        while (!text.Truncated && SafeXml.Next(reader, context, ref nodes))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                Begin(reader, ref nodes);
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                End(reader);
            }
        }
    }

    private void Begin(XmlReader reader, ref int nodes)
    {
        bool word = IsWord(reader.NamespaceURI);
        switch (reader.LocalName)
        {
            case "t" when word || reader.NamespaceURI.EndsWith("/math", StringComparison.Ordinal):
                Run(reader, ref nodes);
                break;
            case "tab" when word && reader.Depth > 0 && !reader.HasAttributes:
            case "ptab" when word:
                text.Space(wide: true);
                break;
            case "br" or "cr" when word:
                text.Break();
                break;
            case "noBreakHyphen" when word:
                text.Write("-");
                break;
            case "p" when word && reader.IsEmptyElement:
                text.Break();
                break;
            case "p" or "tr" when word:
                text.Line();
                break;
            case "footnote" or "endnote" when word && reader.GetAttribute("type", reader.NamespaceURI) is not null:
            // What was deleted or moved away is no longer said; the fallback repeats the choice (ISO 29500-3 §10.2.3).
            case "del" or "moveFrom" or "rt" or "instrText" or "delText" or "sectPr" when word && !reader.IsEmptyElement:
            case "Fallback":
                Skip(reader, ref nodes);
                break;
            case "comment" when word && reader.GetAttribute("author", reader.NamespaceURI) is { Length: > 0 } author:
                text.Line();
                text.Write($"[{author}] ");
                break;
            default:
                break;
        }
    }

    private void End(XmlReader reader)
    {
        if (!IsWord(reader.NamespaceURI))
        {
            return;
        }

        switch (reader.LocalName)
        {
            case "p":
                text.Line();
                break;
            case "tc":
                text.Cell();
                break;
            case "tr" or "tbl":
                text.Row();
                break;
            default:
                break;
        }
    }

    private void Run(XmlReader reader, ref int nodes)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        int depth = reader.Depth;
        while (SafeXml.Next(reader, context, ref nodes) && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                text.WriteFlowing(reader.Value);
            }
        }
    }

    private void Skip(XmlReader reader, ref int nodes)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        int depth = reader.Depth;
        while (SafeXml.Next(reader, context, ref nodes) && reader.Depth > depth)
        {
        }
    }

    private static bool IsWord(string uri) => uri is "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        or "http://purl.oclc.org/ooxml/wordprocessingml/main";
}
