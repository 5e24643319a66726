using System.Globalization;
using System.Xml;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.OpenDocument;

/// <summary>The text of an OpenDocument part: paragraphs and headings, with tabs, counted blanks and line breaks as elements.</summary>
internal static class OdtText
{
    private const string TextSpace = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    private const string TableSpace = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";

    public static void Write(XmlReader reader, TextSink text, ReadContext context, bool onlyMasterPages)
    {
        int nodes = 0;
        int paragraphs = 0;
        int masterPages = 0;
        while (!text.Truncated && SafeXml.Next(reader, context, ref nodes))
        {
            bool inText = reader.NamespaceURI == TextSpace;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "tracked-changes" && inText:
                    Skip(reader, context, ref nodes);
                    break;
                case XmlNodeType.Element when inText && reader.LocalName is "p" or "h":
                    if (reader.IsEmptyElement)
                    {
                        text.Break();
                    }
                    else
                    {
                        text.Line();
                        paragraphs++;
                    }

                    break;
                case XmlNodeType.Element when reader.LocalName == "master-page" && !reader.IsEmptyElement:
                    masterPages++;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "master-page":
                    masterPages--;
                    break;
                case XmlNodeType.EndElement when inText && reader.LocalName is "p" or "h":
                    paragraphs--;
                    text.Line();
                    break;
                case XmlNodeType.EndElement when reader.NamespaceURI == TableSpace && reader.LocalName == "table-cell":
                    text.Cell();
                    break;
                case XmlNodeType.EndElement when reader.NamespaceURI == TableSpace && reader.LocalName == "table-row":
                    text.Row();
                    break;
                case XmlNodeType.Element when inText && (masterPages > 0 || !onlyMasterPages):
                    Inline(reader, text);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA
                    when paragraphs > 0 && (masterPages > 0 || !onlyMasterPages):
                    text.WriteFlowing(reader.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Inline(XmlReader reader, TextSink text)
    {
        switch (reader.LocalName)
        {
            case "tab":
                text.Space(wide: true);
                break;
            case "line-break":
                text.Break();
                break;
            case "s":
                bool wide = int.TryParse(reader.GetAttribute("c", TextSpace), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                    && count > 3;
                text.Space(wide);
                break;
            case "list-item":
                text.Line();
                text.Write("- ");
                break;
            default:
                break;
        }
    }

    private static void Skip(XmlReader reader, ReadContext context, ref int nodes)
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
}
