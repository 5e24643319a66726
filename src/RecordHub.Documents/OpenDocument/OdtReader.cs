using System.Xml;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.OpenDocument;

/// <summary>OpenDocument text (ISO 26300): headers and footers of styles.xml, then content.xml; pictures.</summary>
internal static class OdtReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        using Container container = Container.Open(content, context);
        if (container.Read("META-INF/manifest.xml") is { } manifest && Encrypts(manifest, context))
        {
            throw DocumentException.Encrypted("the OpenDocument text needs a password; send a copy without one");
        }

        byte[] body = container.Read("content.xml")
            ?? throw DocumentException.Unreadable("the container has no content.xml", "part content.xml");
        TextSink text = new(context.Limits.MaxTextChars);
        if (container.Read("styles.xml") is { } styles)
        {
            Write(styles, "styles.xml", text, context, required: false);
            text.Paragraph();
        }

        Write(body, "content.xml", text, context, required: true);
        if (text.IsEmpty)
        {
            context.Warn("no-text", "the document holds no text");
        }

        AttachmentList attachments = new(context);
        foreach (string name in container.Names.Where(n => n.StartsWith("Pictures/", StringComparison.Ordinal) && n.Length > 9).ToList())
        {
            if (container.Read(name) is { Length: > 0 } picture)
            {
                attachments.Add(MediaTypes.FromName(name), name, picture);
            }
        }

        Dictionary<string, string> meta = Meta(container, context);
        return FreeText.Document(DocumentKind.Odt, text, meta.GetValueOrDefault("title"), context) with
        {
            Created = StandardTime.Parse(meta.GetValueOrDefault("creation-date") ?? meta.GetValueOrDefault("date")),
            Authors = FreeText.People(meta.GetValueOrDefault("initial-creator") ?? meta.GetValueOrDefault("creator")),
            Language = meta.GetValueOrDefault("language"),
            Attachments = attachments.Items,
            Warnings = context.TakeWarnings(),
        };
    }

    private static void Write(byte[] part, string name, TextSink text, ReadContext context, bool required)
    {
        try
        {
            using XmlReader reader = SafeXml.Open(part, context);
            OdtText.Write(reader, text, context, onlyMasterPages: !required);
        }
        catch (DocumentException ended) when (ended.Outcome is DocumentOutcome.Unreadable broken)
        {
            if (required && text.IsEmpty)
            {
                throw DocumentException.Unreadable(broken.Reason, $"part {name}, {broken.Where}");
            }

            context.Warn("part-damaged", $"{name} is damaged at {broken.Where}; its text up to there was taken");
        }
    }

    private static bool Encrypts(byte[] manifest, ReadContext context)
    {
        using XmlReader reader = SafeXml.Open(manifest, context);
        int nodes = 0;
        while (SafeXml.Next(reader, context, ref nodes))
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "encryption-data")
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, string> Meta(Container container, ReadContext context)
    {
        Dictionary<string, string> found = [];
        try
        {
            if (container.Read("meta.xml") is not { } part)
            {
                return found;
            }

            using XmlReader reader = SafeXml.Open(part, context);
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
        }
        catch (DocumentException ended) when (ended.Outcome is DocumentOutcome.Unreadable)
        {
            context.Warn("properties-damaged", "meta.xml cannot be read");
        }

        return found;
    }
}
