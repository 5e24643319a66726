using System.Text.Json;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Resources;

/// <summary>Finds the values of a resource's search parameters. Pure.</summary>
public static class FhirIndexer
{
    private const int MaxDepth = 192;

    /// <summary>
    /// The index entries of a resource, without repetitions, in the order of its parameters. A reference that carries an
    /// identifier has one more entry: a token of the parameter <c>code:identifier</c>.
    /// </summary>
    /// <exception cref="FhirFormatException">The bytes are no JSON object.</exception>
    public static IReadOnlyList<IndexEntry> Index(string type, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return Index(type, document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FhirFormatException("The resource is no JSON.", $"byte {exception.BytePositionInLine}", exception);
        }
    }

    /// <summary>Whether a parameter of the kind string has this text, with its case and accents.</summary>
    public static bool HasText(string type, string parameter, string text, ReadOnlySpan<byte> json)
    {
        if (SearchParameterTable.Find(type, parameter) is not { Kind: IndexKind.String } definition)
        {
            return false;
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        List<IndexEntry> entries = [];
        IndexValues values = new(definition, entries, [], asWritten: true);
        foreach (string path in definition.Paths)
        {
            Walk(document.RootElement, path, values);
        }

        return entries.Any(entry => entry.Value == text);
    }

    internal static IReadOnlyList<IndexEntry> Index(string type, JsonElement resource)
    {
        if (resource.ValueKind != JsonValueKind.Object)
        {
            throw new FhirFormatException("The resource is no JSON object.");
        }

        List<IndexEntry> entries = [];
        HashSet<IndexEntry> seen = [];
        foreach (SearchParameterDefinition parameter in SearchParameterTable.For(type))
        {
            IndexValues values = new(parameter, entries, seen);
            foreach (string path in parameter.Paths)
            {
                Walk(resource, path, values);
            }
        }

        return type == "Patient"
            ? [.. entries, .. BlockingKeys.Index(PatientMatch.Read(resource), MatchWeights.BuiltIn)]
            : entries;
    }

    private static void Walk(JsonElement element, ReadOnlySpan<char> path, IndexValues values)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Walk(item, path, values);
            }

            return;
        }

        if (path.IsEmpty)
        {
            values.Add(element, null);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        int dot = path.IndexOf('.');
        ReadOnlySpan<char> step = dot < 0 ? path : path[..dot];
        ReadOnlySpan<char> rest = dot < 0 ? [] : path[(dot + 1)..];
        int mark = step.IndexOfAny('@', '[', '!');
        ReadOnlySpan<char> name = mark < 0 ? step : step[..mark];
        ReadOnlySpan<char> condition = mark < 0 ? [] : step[mark..];
        if (condition is "!exists")
        {
            values.AddBoolean(Exists(element, name));
        }
        else if (element.TryGetProperty(name, out JsonElement next))
        {
            Step(next, condition, rest, values);
        }
    }

    private static void Step(
        JsonElement next, ReadOnlySpan<char> condition, ReadOnlySpan<char> rest, IndexValues values)
    {
        if (condition.IsEmpty)
        {
            Walk(next, rest, values);
            return;
        }

        if (next.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in next.EnumerateArray())
            {
                Step(item, condition, rest, values);
            }
        }
        else if (condition[0] == '@')
        {
            values.Add(next, condition[1..].ToString());
        }
        else if (Holds(next, condition[1..^1]))
        {
            Walk(next, rest, values);
        }
    }

    private static bool Holds(JsonElement element, ReadOnlySpan<char> condition)
    {
        int equals = condition.IndexOf('=');
        return equals > 0
            && element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(condition[..equals], out JsonElement value)
            && value.ValueKind == JsonValueKind.String
            && value.ValueEquals(condition[(equals + 1)..]);
    }

    // Patient.deceased: true when there is a date, or the boolean is true.
    private static bool Exists(JsonElement element, ReadOnlySpan<char> name)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.AsSpan().StartsWith(name, StringComparison.Ordinal)
                && property.Value.ValueKind is not JsonValueKind.False)
            {
                return true;
            }
        }

        return false;
    }
}
