using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace RecordHub.Documents.Reading;

/// <summary>XML without DTDs, without outside references, and with bounded depth and node count.</summary>
internal static class SafeXml
{
    // Prefixes that fragments and careless senders use without declaring them.
    private static readonly (string Prefix, string Uri)[] s_assumed =
    [
        ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("sdtc", "urn:hl7-org:sdtc"),
        ("voc", "urn:hl7-org:v3/voc"),
        ("xlink", "http://www.w3.org/1999/xlink"),
    ];

    /// <summary>The elements at the top: one in a document, perhaps more in a fragment.</summary>
    public static IReadOnlyList<XElement> Load(ReadOnlyMemory<byte> content, ReadContext context)
    {
        // Twice, because a tree of hostile depth must not be built before its depth is known.
        using (XmlReader counting = Open(content, context, assumePrefixes: true))
        {
            Count(counting, context);
        }

        List<XElement> roots = [];
        using XmlReader reader = Open(content, context, assumePrefixes: true);
        try
        {
            while (!reader.EOF)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    roots.Add((XElement)XNode.ReadFrom(reader));
                }
                else
                {
                    reader.Read();
                }
            }
        }
        catch (XmlException broken)
        {
            throw Unreadable(broken);
        }

        return roots;
    }

    public static XmlReader Open(ReadOnlyMemory<byte> content, ReadContext context, bool assumePrefixes = false) =>
        Open(new MemoryStream(content.ToArray(), writable: false), context, assumePrefixes);

    public static XmlReader Open(Stream content, ReadContext context, bool assumePrefixes = false)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = context.Limits.MaxContentBytes,
            MaxCharactersFromEntities = 1024,
            ConformanceLevel = ConformanceLevel.Fragment,
            CheckCharacters = false,
            CloseInput = true,
        };
        NameTable names = new();
        XmlNamespaceManager namespaces = new(names);
        if (assumePrefixes)
        {
            foreach ((string prefix, string uri) in s_assumed)
            {
                namespaces.AddNamespace(prefix, uri);
            }
        }

        return XmlReader.Create(content, settings, new XmlParserContext(names, namespaces, null, XmlSpace.None));
    }

    /// <summary>Moves on; damage becomes an outcome with line and position, and depth is checked.</summary>
    public static bool Next(XmlReader reader, ReadContext context, ref int nodes)
    {
        try
        {
            if (!reader.Read())
            {
                return false;
            }
        }
        catch (XmlException broken)
        {
            throw Unreadable(broken);
        }

        if (reader.Depth > context.Limits.MaxXmlDepth)
        {
            throw DocumentException.TooLarge(DocumentLimit.Nesting, $"XML nested deeper than {context.Limits.MaxXmlDepth}");
        }

        if (++nodes > context.Limits.MaxXmlNodes)
        {
            throw DocumentException.TooLarge(DocumentLimit.XmlNodes, $"more than {context.Limits.MaxXmlNodes} XML nodes");
        }

        if ((nodes & 0x3FFF) == 0)
        {
            context.Check();
        }

        return true;
    }

    private static void Count(XmlReader reader, ReadContext context)
    {
        int nodes = 0;
        while (Next(reader, context, ref nodes))
        {
            // A million attributes on one element cost as much as a million elements.
            nodes = Math.Min(nodes, int.MaxValue - reader.AttributeCount) + reader.AttributeCount;
        }
    }

    /// <summary>The library's text may quote the document, so only what kind of damage it is gets out.</summary>
    private static DocumentException Unreadable(XmlException broken)
    {
        string reason = broken.Message.Contains("DTD", StringComparison.Ordinal)
            ? "the XML has a document type declaration, which is refused because it can fetch files"
            : "the XML is not well-formed";
        return DocumentException.Unreadable(
            reason,
            string.Create(CultureInfo.InvariantCulture, $"line {broken.LineNumber}, position {broken.LinePosition}"));
    }
}
