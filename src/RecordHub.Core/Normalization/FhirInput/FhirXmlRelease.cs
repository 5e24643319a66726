using System.Xml;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Looks in XML that could not be read as R4 for what another release would have there.</summary>
internal static class FhirXmlRelease
{
    private const int MaxNodes = 2_000_000;
    private const int MaxDepth = 160;

    /// <summary>What shows that it is another release; null when nothing does, or when it is no XML.</summary>
    public static string? Other(Stream content)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using XmlReader reader = XmlReader.Create(content, settings);
            return Find(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // A resource is the element whose name begins with a capital; its own elements are one level below.
    private static string? Find(XmlReader reader)
    {
        Stack<(string Type, int Depth)> resources = new();
        for (int node = 0; node < MaxNodes && reader.Read() && reader.Depth < MaxDepth; node++)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            while (resources.TryPeek(out (string Type, int Depth) top) && top.Depth >= reader.Depth)
            {
                resources.Pop();
            }

            string name = reader.LocalName;
            if (char.IsAsciiLetterUpper(name[0]))
            {
                if (FhirRelease.IsOtherType(name))
                {
                    return name;
                }

                resources.Push((name, reader.Depth));
            }
            else if (resources.TryPeek(out (string Type, int Depth) around)
                && around.Depth == reader.Depth - 1
                && (FhirRelease.IsOtherElement(around.Type, name) || FhirRelease.IsOnceCode(around.Type, name, reader)))
            {
                return $"{around.Type}.{name}";
            }
        }

        return null;
    }
}
