using System.Xml.Linq;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Cda;

/// <summary>The narrative block of a section (CDA R2 §4.3.5) as text: rows as lines, cells between bars, list items with dashes.</summary>
internal static class CdaNarrative
{
    /// <summary>What each ID in the narrative stands for, so that entries can refer to it.</summary>
    public static IReadOnlyDictionary<string, string> Index(XElement? text)
    {
        Dictionary<string, string> index = new(StringComparer.Ordinal);
        foreach (XElement element in text?.DescendantsAndSelf() ?? [])
        {
            if ((element.Stated("ID") ?? element.Stated("id")) is { } id && index.Count < 50_000
                && element.Value.Length < 20_000 && element.Words() is { } words)
            {
                index.TryAdd(id, words);
            }
        }

        return index;
    }

    public static void Write(XElement text, TextSink sink)
    {
        foreach (XNode node in text.Nodes())
        {
            if (node is XText words)
            {
                sink.WriteFlowing(words.Value);
            }
            else if (node is XElement element)
            {
                WriteElement(element, sink);
            }
        }
    }

    private static void WriteElement(XElement element, TextSink sink)
    {
        switch (element.Name.LocalName)
        {
            case "br":
                sink.Break();
                return;
            case "content" when element.Stated("revised") == "delete":
                return;
            case "paragraph" or "caption" or "table" or "list" or "thead" or "tbody" or "tfoot" or "tr" or "footnote":
                sink.Line();
                Write(element, sink);
                sink.Line();
                return;
            case "item":
                sink.Line();
                sink.Write("- ");
                Write(element, sink);
                sink.Line();
                return;
            case "td" or "th":
                if (element.ElementsBeforeSelf().Any())
                {
                    sink.Write(" | ");
                }

                Write(element, sink);
                return;
            default:
                Write(element, sink);
                return;
        }
    }
}
