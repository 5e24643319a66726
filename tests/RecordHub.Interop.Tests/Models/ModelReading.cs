using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace RecordHub.Interop.Tests.Models;

/// <summary>Flattens both models to elements by path, with the readers of the framework and not our own.</summary>
internal static class ModelReading
{
    private static readonly string[] s_groups = ["Alphabetic", "Ideographic", "Phonetic"];
    private static readonly string[] s_components = ["FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"];

    public static SortedDictionary<string, ModelElement> OfJson(byte[] json)
    {
        SortedDictionary<string, ModelElement> elements = new(StringComparer.Ordinal);
        JsonNode root = JsonNode.Parse(json)!;
        Add(elements, string.Empty, (root as JsonArray)?[0]!.AsObject() ?? root.AsObject());
        return elements;
    }

    public static SortedDictionary<string, ModelElement> OfXml(byte[] xml)
    {
        SortedDictionary<string, ModelElement> elements = new(StringComparer.Ordinal);
        using MemoryStream stream = new(xml);
        Add(elements, string.Empty, XDocument.Load(stream, LoadOptions.PreserveWhitespace).Root!);
        return elements;
    }

    private static void Add(SortedDictionary<string, ModelElement> elements, string path, JsonObject dataSet)
    {
        foreach ((string tag, JsonNode? node) in dataSet)
        {
            JsonObject element = node!.AsObject();
            string vr = element["vr"]?.GetValue<string>() ?? string.Empty;
            JsonArray values = element["Value"]?.AsArray() ?? [];
            if (vr == "SQ")
            {
                elements[path + tag] = new ModelElement(vr, string.Empty, [Count(values.Count)], null);
                for (int i = 0; i < values.Count; i++)
                {
                    Add(elements, $"{path}{tag}/{i}/", values[i]?.AsObject() ?? []);
                }
            }
            else
            {
                elements[path + tag] = new ModelElement(
                    vr, string.Empty, [.. values.Select(Text)], element["InlineBinary"]?.GetValue<string>());
            }
        }
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonObject name => string.Join('=', s_groups.Select(group => name[group]?.GetValue<string>() ?? string.Empty)),
        JsonValue text when text.TryGetValue(out string? written) => written,
        _ => value.ToJsonString(),
    };

    private static void Add(SortedDictionary<string, ModelElement> elements, string path, XElement dataSet)
    {
        foreach (XElement element in dataSet.Elements())
        {
            string creator = element.Attribute("privateCreator") is { } named ? $" of {named.Value}" : string.Empty;
            string at = path + element.Attribute("tag")!.Value + creator;
            string vr = element.Attribute("vr")?.Value ?? string.Empty;
            string keyword = element.Attribute("keyword")?.Value ?? string.Empty;
            if (vr == "SQ")
            {
                elements[at] = new ModelElement(vr, keyword, [Count(element.Elements().Count())], null);
                foreach ((int i, XElement item) in element.Elements().Index())
                {
                    Add(elements, $"{at}/{i}/", item);
                }
            }
            else
            {
                XElement? binary = element.Elements().FirstOrDefault(child => child.Name.LocalName == "InlineBinary");
                elements[at] = new ModelElement(
                    vr, keyword, binary is null ? [.. element.Elements().Select(Text)] : [], binary?.Value);
            }
        }
    }

    private static string Text(XElement value, int index)
    {
        if (value.Attribute("number")?.Value != Count(index + 1))
        {
            return "not in order";
        }

        return value.Name.LocalName == "PersonName"
            ? string.Join('=', s_groups.Select(group => Name(value.Elements().FirstOrDefault(e => e.Name.LocalName == group))))
            : value.Value;
    }

    private static string Name(XElement? group) => group is null
        ? string.Empty
        : string.Join('^', s_components.Select(
            component => group.Elements().FirstOrDefault(e => e.Name.LocalName == component)?.Value ?? string.Empty));

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
