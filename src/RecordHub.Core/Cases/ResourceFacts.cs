using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>What sections, checklists and timelines need to know of a resource, whatever its type. Pure.</summary>
internal sealed record ResourceFacts
{
    internal const string Loinc = "http://loinc.org";

    private const int LongestTitle = 200;

    // Where resources say what they are, in the order in which a title is taken from them.
    private static readonly string[] s_concepts =
        ["code", "type", "medicationCodeableConcept", "vaccineCode", "procedureCode", "category", "modality", "class"];

    // When what they tell of happened; the date of the record itself comes last.
    private static readonly string[] s_dates =
    [
        "effectiveDateTime", "effectivePeriod", "effectiveInstant", "performedDateTime", "performedPeriod", "started",
        "onsetDateTime", "onsetPeriod", "occurrenceDateTime", "occurrencePeriod", "collectedDateTime", "period",
        "recordedDate", "dateTime", "date", "authoredOn", "dateAsserted", "issued", "created",
    ];

    internal required string Type { get; init; }

    internal required string Id { get; init; }

    internal string Reference => $"{Type}/{Id}";

    /// <summary>Codes of what it is, as <c>system|code</c>.</summary>
    internal required IReadOnlySet<string> Codes { get; init; }

    /// <summary>What it is, in words.</summary>
    internal required string Title { get; init; }

    /// <summary>Whether it can stand for what is asked for.</summary>
    internal required Standing Standing { get; init; }

    /// <summary>Why files that it attaches are not here.</summary>
    internal IReadOnlyList<string> LostFiles { get; init; } = [];

    /// <summary>Its title as a reader is shown it: with what changes its meaning.</summary>
    internal string Listed => Standing.Mark(Title);

    /// <summary>What it says beside its title, as it was sent; null when it says nothing (<see cref="ResourceDetail"/>).</summary>
    internal string? Detail { get; init; }

    /// <summary>Its title as a reader is shown it, and what it says: a value, a dose.</summary>
    internal string Told => Detail is null ? Listed : $"{Listed}: {Detail}";

    /// <summary>When it happened, as written; null when it does not say.</summary>
    internal string? Date { get; init; }

    /// <summary>Identifiers' values and references anywhere in it: what it can be paired by.</summary>
    internal required IReadOnlySet<string> Pointers { get; init; }

    /// <summary>Body sites of an ImagingStudy, in lower case.</summary>
    internal IReadOnlySet<string> BodySites { get; init; } = new HashSet<string>();

    public override string ToString() => nameof(ResourceFacts);

    internal bool HasLoinc(IEnumerable<string> codes) => codes.Any(code => Codes.Contains($"{Loinc}|{code}"));

    internal bool HasCode(string code) => Codes.Any(one => one.EndsWith($"|{code}", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a resource of a case.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="binaries">How many bytes each Binary of the case has, by id.</param>
    internal static ResourceFacts Of(ResourceVersion resource, IReadOnlyDictionary<string, long> binaries)
    {
        using JsonDocument document = JsonDocument.Parse(resource.Json, new JsonDocumentOptions { MaxDepth = 256 });
        JsonElement root = document.RootElement;
        SortedSet<string> codes = new(StringComparer.Ordinal);
        string? title = null;
        foreach (string name in s_concepts)
        {
            if (root.TryGetProperty(name, out JsonElement concept))
            {
                title = Collect(concept, codes) is { Length: > 0 } text && title is null ? text : title;
            }
        }

        AttachedFiles files = AttachedFiles.Of(root, binaries);
        HashSet<string> pointers = new(StringComparer.Ordinal);
        HashSet<string> bodySites = new(StringComparer.Ordinal);
        Walk(root, pointers);
        if (resource.Type == "ImagingStudy" && root.TryGetProperty("series", out JsonElement series))
        {
            foreach (JsonElement one in Items(series))
            {
                if (one.TryGetProperty("bodySite", out JsonElement site) && Text(site, "display") is { Length: > 0 } display)
                {
                    bodySites.Add(display.ToLowerInvariant());
                }
            }
        }

        string own = Text(root, "description") ?? Text(root, "title") ?? title ?? Text(root, "name") ?? CodeOf(root) ?? resource.Type;
        return new ResourceFacts
        {
            Type = resource.Type,
            Id = resource.Id,
            Codes = codes,
            Title = Cut(own, LongestTitle),
            Standing = Standing.Of(root, files),
            LostFiles = files.Lost,
            Detail = ResourceDetail.Of(root),
            Date = DateOf(root),
            Pointers = pointers,
            BodySites = bodySites,
        };
    }

    /// <summary>The beginning of a text that is too long for a line, with no character cut in two.</summary>
    internal static string Cut(string text, int most) => text.Length <= most
        ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "…");

    internal static IEnumerable<JsonElement> Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Collect(JsonElement concept, SortedSet<string> codes)
    {
        string? title = null;
        foreach (JsonElement one in Items(concept).Where(one => one.ValueKind == JsonValueKind.Object))
        {
            title ??= Text(one, "text") ?? Text(one, "display");
            IEnumerable<JsonElement> codings = one.TryGetProperty("coding", out JsonElement coding) ? Items(coding) : [one];
            foreach (JsonElement code in codings)
            {
                if (Text(code, "code") is { } value)
                {
                    codes.Add($"{Text(code, "system")}|{value}");
                    title ??= Text(code, "display");
                }
            }
        }

        return title;
    }

    // Without words for it the code itself says more than the type.
    private static string? CodeOf(JsonElement root) =>
        root.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.Object
        && code.TryGetProperty("coding", out JsonElement codings)
            ? Items(codings).Where(static one => Text(one, "code") is { Length: > 0 })
                .Select(static one => Text(one, "system") is { Length: > 0 } system
                    ? $"{Text(one, "code")} ({system})" : Text(one, "code"))
                .FirstOrDefault()
            : null;

    private static string? DateOf(JsonElement root)
    {
        foreach (string name in s_dates)
        {
            if (!root.TryGetProperty(name, out JsonElement value))
            {
                continue;
            }

            string? text = value.ValueKind == JsonValueKind.String ? value.GetString()
                : Text(value, "start") ?? Text(value, "end");
            if (text is { Length: >= 4 } && ClinicalDate.TryRead(text, out _))
            {
                return text;
            }
        }

        return root.TryGetProperty("context", out JsonElement context)
            && context.ValueKind == JsonValueKind.Object && context.TryGetProperty("period", out JsonElement period)
            ? Text(period, "start") : null;
    }

    private static void Walk(JsonElement element, HashSet<string> pointers)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Walk(item, pointers);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                {
                    Walk(property.Value, pointers);
                }
                else if (property.NameEquals("reference") || (property.NameEquals("value")
                    && property.Value.ValueKind == JsonValueKind.String))
                {
                    pointers.Add(property.Value.ToString());
                }
            }
        }
    }
}
