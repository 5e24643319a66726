using System.Reflection;
using System.Text.Json;

namespace RecordHub.Core.Checklists;

/// <summary>What a specialty needs. Data, not code: read from JSON.</summary>
/// <param name="Specialty">Its specialty.</param>
/// <param name="Note">What its authors want its readers to know.</param>
/// <param name="Items">What is needed, in order.</param>
public sealed record Checklist(string Specialty, string Note, IReadOnlyList<ChecklistItem> Items)
{
    private const int MostItems = 200;

    /// <summary>Reads a checklist.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static Checklist Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            ChecklistItem[] items = [.. Required(root, "items", JsonValueKind.Array).EnumerateArray().Select(ParseItem)];
            if (items.Length is 0 or > MostItems)
            {
                throw new FormatException($"A checklist has 1 to {MostItems} items.");
            }

            return items.GroupBy(item => item.Id).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw new FormatException($"The id {twice.Key} is there twice.")
                : new Checklist(Text(root, "specialty"), Text(root, "note"), items);
        }
        catch (JsonException error)
        {
            throw new FormatException($"Not JSON: line {error.LineNumber + 1}.", error);
        }
    }

    private static ChecklistItem ParseItem(JsonElement item)
    {
        JsonElement match = Required(item, "match", null);
        return new ChecklistItem
        {
            Id = Text(item, "id"),
            Label = Text(item, "label"),
            Section = Text(item, "section"),
            Level = Text(item, "level") switch
            {
                "required" or "R" => ChecklistLevel.Required,
                "wanted" or "W" => ChecklistLevel.Wanted,
                "conditional" or "C" => ChecklistLevel.Conditional,
                string other => throw new FormatException($"level is required, wanted or conditional, not {other}."),
            },
            Matches = match.ValueKind == JsonValueKind.Array
                ? [.. match.EnumerateArray().Select(ParseMatch)] : [ParseMatch(match)],
            MinCount = Number(item, "minCount") ?? 1,
            MaxAgeDays = Number(item, "maxAgeDays"),
            PairWith = item.TryGetProperty("pairWith", out JsonElement pair) ? pair.GetString() : null,
            Reason = Text(item, "reason"),
            AskText = Text(item, "askText"),
        };
    }

    private static ChecklistMatch ParseMatch(JsonElement match)
    {
        string[] known = ["resource", "loinc", "modality", "sopClass", "bodySite", "section", "question", "earlier"];
        if (match.ValueKind != JsonValueKind.Object
            || match.EnumerateObject().Any(property => !known.Contains(property.Name)))
        {
            throw new FormatException($"match may only say {string.Join(", ", known)}.");
        }

        return new ChecklistMatch
        {
            Resource = Strings(match, "resource"),
            Loinc = Strings(match, "loinc"),
            Modality = Strings(match, "modality"),
            SopClass = Strings(match, "sopClass"),
            BodySite = Strings(match, "bodySite"),
            Section = match.TryGetProperty("section", out JsonElement section) ? section.GetString() : null,
            Question = match.TryGetProperty("question", out JsonElement question) && question.ValueKind == JsonValueKind.True,
            Earlier = match.TryGetProperty("earlier", out JsonElement earlier) && earlier.ValueKind == JsonValueKind.True,
        };
    }

    internal static Checklist BuiltIn(string specialty)
    {
        Assembly assembly = typeof(Checklist).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"RecordHub.Core.Checklists.{specialty}.json")
            ?? throw new InvalidOperationException($"The checklist of {specialty} is not in the assembly.");
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Parse(json);
    }

    private static JsonElement Required(JsonElement element, string name, JsonValueKind? kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && (kind is null || value.ValueKind == kind)
            ? value : throw new FormatException($"{name} is missing.");

    private static string Text(JsonElement element, string name) =>
        Required(element, name, JsonValueKind.String).GetString() ?? string.Empty;

    private static int? Number(JsonElement element, string name) =>
        !element.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0 ? number
        : throw new FormatException($"{name} is a positive whole number.");

    private static IReadOnlyList<string> Strings(JsonElement element, string name) =>
        !element.TryGetProperty(name, out JsonElement value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString() ?? string.Empty]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(one => one.GetString() ?? string.Empty)]
        : throw new FormatException($"{name} is a list of texts.");
}
