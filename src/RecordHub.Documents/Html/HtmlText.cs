using AngleSharp.Dom;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Html;

/// <summary>Writes a tree, whose depth the parser has bounded, as text: blocks as lines, cells with gaps, pictures by their alt text.</summary>
internal sealed class HtmlText(TextSink text, AttachmentList attachments, ReadContext context)
{
    private int _preformatted;

    public void Write(INode parent)
    {
        for (INode? node = parent.FirstChild; node is not null && !text.Truncated; node = node.NextSibling)
        {
            if (node is IText words)
            {
                if (_preformatted > 0)
                {
                    text.Write(words.Data);
                }
                else
                {
                    text.WriteFlowing(words.Data);
                }
            }
            else if (node is IElement element)
            {
                Write(element);
            }
        }
    }

    private void Write(IElement element)
    {
        string name = element.LocalName;
        switch (name)
        {
            case "script" or "style" or "template" or "head" or "title" or "object" or "iframe" or "svg" or "math" or "noembed":
                return;
            case "br":
                text.Break();
                return;
            case "hr":
                text.Paragraph();
                return;
            case "img":
                Picture(element);
                return;
            case "input":
                text.Write(element.GetAttribute("type") is "hidden" or "password" ? null : element.GetAttribute("value"));
                return;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "table" or "ul" or "ol" or "dl" or "pre":
                Block(element, name == "pre");
                return;
            case "td" or "th":
                Write((INode)element);
                text.Cell();
                return;
            case "tr":
                text.Line();
                Write((INode)element);
                text.Row();
                return;
            case "li":
                text.Line();
                text.Write("- ");
                Write((INode)element);
                text.Line();
                return;
            case "div" or "section" or "article" or "header" or "footer" or "main" or "nav" or "aside" or "address" or "form"
                or "fieldset" or "dt" or "dd" or "figure" or "figcaption" or "caption" or "center" or "legend" or "option" or "body":
                text.Line();
                Write((INode)element);
                text.Line();
                return;
            default:
                Write((INode)element);
                return;
        }
    }

    private void Block(IElement element, bool preformatted)
    {
        text.Paragraph();
        _preformatted += preformatted ? 1 : 0;
        Write((INode)element);
        _preformatted -= preformatted ? 1 : 0;
        text.Paragraph();
    }

    /// <summary>A picture inside the page (RFC 2397) is an attachment; one elsewhere is never fetched.</summary>
    private void Picture(IElement image)
    {
        text.Write(image.GetAttribute("alt"));
        string source = image.GetAttribute("src") ?? string.Empty;
        if (!source.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        int comma = source.IndexOf(',', StringComparison.Ordinal);
        string kind = comma > 0 ? source[5..comma] : string.Empty;
        if (comma > 0 && kind.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            && Base64Text.TryDecode(source.AsSpan(comma + 1), out byte[] bytes, out _))
        {
            attachments.Add(kind, null, bytes);
        }
        else
        {
            context.Warn("attachment-unreadable", "a picture inside the page is not valid base64");
        }
    }
}
