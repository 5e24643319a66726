using System.Xml.Linq;

namespace RecordHub.Documents.Cda;

/// <summary>Walking CDA by local names: fragments and some senders leave the HL7 namespace out.</summary>
internal static class CdaXml
{
    private static readonly XNamespace s_instance = "http://www.w3.org/2001/XMLSchema-instance";

    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement? element, string name) =>
        element?.Elements().Where(e => e.Name.LocalName == name) ?? [];

    /// <summary>Follows names down, taking the first of each.</summary>
    public static XElement? Path(this XElement? element, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            element = element.Child(name);
        }

        return element;
    }

    /// <summary>An attribute, trimmed; null when absent or blank.</summary>
    public static string? Stated(this XElement? element, string name) =>
        element?.Attribute(XName.Get(name))?.Value.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>xsi:type without its prefix, upper case.</summary>
    public static string? Type(this XElement element)
    {
        string? type = element.Attribute(s_instance + "type")?.Value.Trim();
        return type?[(type.LastIndexOf(':') + 1)..].ToUpperInvariant();
    }

    public static bool IsNull(this XElement? element) => element is null || element.Stated("nullFlavor") is not null;

    /// <summary>Text with white space folded; null when there is none.</summary>
    public static string? Words(this XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        string folded = string.Join(' ', element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return folded.Length > 0 ? folded : null;
    }
}
