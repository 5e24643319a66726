using System.Xml;

namespace RecordHub.Documents.Text;

/// <summary>Whether bytes are text, told from their head.</summary>
internal static class TextProbe
{
    /// <summary>False for bytes that no text encoding here explains: zeros or many control characters.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> head, out string text)
    {
        text = string.Empty;
        if (head.IsEmpty)
        {
            return false;
        }

        // The head may end inside a character, which must not make UTF-8 look invalid.
        int end = head.Length;
        for (int back = 1; back <= Math.Min(3, head.Length); back++)
        {
            if (head[^back] >= 0xC0)
            {
                end = head.Length - back;
                break;
            }

            if (head[^back] < 0x80)
            {
                break;
            }
        }

        ReadOnlySpan<byte> whole = head.Length == DocumentSniffer.HeadLength ? head[..end] : head;
        text = Charsets.Decode(whole, out _);
        int control = 0;
        foreach (char c in text)
        {
            if (c == '\0')
            {
                return false;
            }

            control += (c < ' ' && c is not ('\t' or '\r' or '\n' or '\f' or '\v' or '\u001a' or '\u001b' or '\u001c')) || c == '\ufffd' ? 1 : 0;
        }

        return control * 100 <= text.Length;
    }

    /// <summary>Text that a person would read: letters or digits in it, and few characters that text has no use for.</summary>
    public static bool IsReadable(string text)
    {
        int letters = 0;
        int odd = 0;
        foreach (char c in text)
        {
            letters += char.IsLetterOrDigit(c) ? 1 : 0;
            odd += char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f' or '\v') ? 1 : 0;
        }

        return letters > 0 && letters * 5 >= text.Length - text.Count(char.IsWhiteSpace) && odd * 100 <= text.Length;
    }

    /// <summary>The local name and namespace of the first element; null when there is none or the start is not XML.</summary>
    public static string? RootElement(string text, out string? space)
    {
        space = null;
        // Cut off after the first tag's worth of text: the head ends anywhere.
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            ConformanceLevel = ConformanceLevel.Fragment,
            CheckCharacters = false,
            MaxCharactersFromEntities = 1024,
        };
        NameTable names = new();
        XmlNamespaceManager namespaces = new(names);
        namespaces.AddNamespace("sdtc", "urn:hl7-org:sdtc");
        namespaces.AddNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
        try
        {
            using XmlReader reader = XmlReader.Create(
                new StringReader(text), settings, new XmlParserContext(names, namespaces, null, XmlSpace.None));
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    space = reader.NamespaceURI;
                    return reader.LocalName;
                }
            }
        }
        catch (XmlException)
        {
            // Not well-formed before its first element: not XML that we know.
        }

        return null;
    }
}
