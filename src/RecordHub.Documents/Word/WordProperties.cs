using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Word;

/// <summary>The core properties of a package (ISO 29500-2 §11).</summary>
internal static class WordProperties
{
    public static (string? Title, string? Author, string? Language, DocumentDate? Created) Read(
        WordprocessingDocument document, ReadContext context)
    {
        try
        {
            if (document.CoreFilePropertiesPart is not { } part)
            {
                return default;
            }

            Dictionary<string, string> found = [];
            using Stream content = part.GetStream(FileMode.Open, FileAccess.Read);
            using XmlReader reader = SafeXml.Open(content, context);
            int nodes = 0;
            string? name = null;
            while (SafeXml.Next(reader, context, ref nodes))
            {
                name = reader.NodeType == XmlNodeType.Element ? reader.LocalName : name;
                if (reader.NodeType == XmlNodeType.Text && name is not null)
                {
                    found.TryAdd(name, reader.Value.Length > 1000 ? reader.Value[..1000] : reader.Value);
                }
            }

            return (found.GetValueOrDefault("title"), found.GetValueOrDefault("creator"), found.GetValueOrDefault("language"),
                StandardTime.Parse(found.GetValueOrDefault("created") ?? found.GetValueOrDefault("modified")));
        }
        catch (Exception broken) when (broken is DocumentException { Outcome: DocumentOutcome.Unreadable } or InvalidDataException
            or IOException)
        {
            context.Warn("properties-damaged", "the document's properties cannot be read");
            return default;
        }
    }
}
