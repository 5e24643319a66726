using System.Text.Json;

namespace RecordHub.Core.Resources;

/// <summary>Turns an element into index entries; its data type is told from its shape (R4 search.html, by parameter type).</summary>
internal readonly struct IndexValues(
    SearchParameterDefinition parameter, List<IndexEntry> entries, HashSet<IndexEntry> seen, bool asWritten = false)
{
    private const string OfType = ":of-type";

    private static readonly string[] s_nameParts = ["text", "family", "given", "prefix", "suffix"];

    private static readonly string[] s_addressParts =
        ["text", "line", "city", "district", "state", "postalCode", "country"];

    public void AddBoolean(bool value) => Put(Token(string.Empty, value ? "true" : "false"));

    public void Add(JsonElement element, string? targetType)
    {
        switch (parameter.Kind)
        {
            case IndexKind.Token:
                AddToken(element);
                break;
            case IndexKind.Reference:
                AddReference(element, targetType);
                break;
            case IndexKind.Date:
                AddDate(element);
                break;
            case IndexKind.String:
                AddText(element);
                break;
            case IndexKind.Number:
                if (QuantityValues.TryRange(element, out long least, out long greatest))
                {
                    Put(new IndexEntry(parameter.Code, IndexKind.Number, Low: least, High: greatest));
                }

                break;
            case IndexKind.Quantity:
                AddQuantity(element);
                break;
            case IndexKind.Composite:
                AddComponent(element);
                break;
            default:
                if (Text(element) is { } uri)
                {
                    Put(new IndexEntry(parameter.Code, IndexKind.Uri, Value: uri));
                }

                break;
        }
    }

    private void AddToken(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            AddBoolean(element.GetBoolean());
        }
        else if (Text(element) is { } code)
        {
            Put(Token(string.Empty, code));
        }
        else if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        else if (element.TryGetProperty("coding", out JsonElement codings) && codings.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement coding in codings.EnumerateArray())
            {
                AddToken(coding);
            }
        }
        else if (Member(element, "code") is { } coded)
        {
            Put(Token(Member(element, "system") ?? string.Empty, coded));
        }
        else if (Member(element, "value") is { } value)
        {
            // An Identifier has a URI for its system; that of a ContactPoint is a code, which is no token system.
            string system = Member(element, "system") ?? string.Empty;
            Put(Token(system.Contains(':', StringComparison.Ordinal) ? system : string.Empty, value));
            AddTyped(element, value);
        }
    }

    // An identifier by its type (:of-type), under a name of its own.
    private void AddTyped(JsonElement identifier, string value)
    {
        foreach (JsonElement coding in Codings(identifier, "type"))
        {
            if (Member(coding, "code") is { } code)
            {
                Put(new IndexEntry(parameter.Code + OfType, IndexKind.Token, Member(coding, "system") ?? string.Empty, $"{code}|{value}"));
            }
        }
    }

    private void AddQuantity(JsonElement element)
    {
        if (QuantityValues.TryRange(element, out long low, out long high))
        {
            foreach ((string system, string? unit) in QuantityValues.Units(element))
            {
                Put(new IndexEntry(parameter.Code, IndexKind.Quantity, system, unit, low, high));
            }
        }
    }

    // A component's code and quantity in one row, for each way in which the unit may be asked for.
    private void AddComponent(JsonElement component)
    {
        if (component.ValueKind != JsonValueKind.Object || !component.TryGetProperty("valueQuantity", out JsonElement quantity)
            || !QuantityValues.TryRange(quantity, out long low, out long high))
        {
            return;
        }

        foreach (JsonElement coding in Codings(component, "code"))
        {
            if (Member(coding, "code") is not { } code)
            {
                continue;
            }

            string system = Member(coding, "system") ?? string.Empty;
            foreach (string form in QuantityValues.Units(quantity).SelectMany(unit => FormsOf(unit.System, unit.Unit)).Distinct())
            {
                Put(new IndexEntry(parameter.Code, IndexKind.Quantity, system, code + form, low, high));
            }
        }
    }

    private static IEnumerable<string> FormsOf(string system, string? unit) => unit is null
        ? [string.Empty]
        : system.Length == 0 ? [string.Empty, QuantityValues.FormOf(null, unit)]
        : [string.Empty, QuantityValues.FormOf(null, unit), QuantityValues.FormOf(system, unit)];

    private static IEnumerable<JsonElement> Codings(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement concept) && concept.ValueKind == JsonValueKind.Object
        && concept.TryGetProperty("coding", out JsonElement codings) && codings.ValueKind == JsonValueKind.Array
            ? codings.EnumerateArray().Where(static coding => coding.ValueKind == JsonValueKind.Object)
            : [];

    private void AddReference(JsonElement element, string? targetType)
    {
        if (Text(element) is { } canonical)
        {
            Put(new IndexEntry(parameter.Code, IndexKind.Reference, string.Empty, canonical));
            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string? said = Member(element, "type");
        if (Member(element, "reference") is { Length: > 0 } literal && literal[0] != '#')
        {
            FhirReference reference = FhirReference.Parse(literal);
            string type = reference.Type ?? said ?? string.Empty;
            if (targetType is null || type == targetType)
            {
                string value = reference.IsRelative ? reference.Id ?? literal : reference.Text;
                Put(new IndexEntry(parameter.Code, IndexKind.Reference, type, value));
            }
        }

        if (element.TryGetProperty("identifier", out JsonElement identifier)
            && identifier.ValueKind == JsonValueKind.Object
            && Member(identifier, "value") is { } number
            && (targetType is null || said is null || said == targetType))
        {
            Put(new IndexEntry(
                parameter.Code + ":identifier", IndexKind.Token, Member(identifier, "system") ?? string.Empty, number));
        }
    }

    private void AddDate(JsonElement element)
    {
        if (Text(element) is { } date)
        {
            if (FhirDates.TryRange(date, out long low, out long high))
            {
                Put(new IndexEntry(parameter.Code, IndexKind.Date, Low: low, High: high));
            }
        }
        else if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        else if (element.TryGetProperty("repeat", out JsonElement repeat)
            && repeat.ValueKind == JsonValueKind.Object
            && repeat.TryGetProperty("boundsPeriod", out JsonElement bounds))
        {
            AddDate(bounds);
        }
        else if (element.TryGetProperty("event", out JsonElement events) && events.ValueKind == JsonValueKind.Array)
        {
            AddSpan([.. events.EnumerateArray().Select(Text).OfType<string>()]);
        }
        else
        {
            AddPeriod(Member(element, "start"), Member(element, "end"));
        }
    }

    // An end that is not said reaches as far as dates go (R4 search.html §date).
    private void AddPeriod(string? start, string? end)
    {
        long low = long.MinValue;
        long high = long.MaxValue;
        bool begins = start is not null && FhirDates.TryRange(start, out low, out _);
        bool ends = end is not null && FhirDates.TryRange(end, out _, out high);
        if (begins || ends)
        {
            Put(new IndexEntry(
                parameter.Code, IndexKind.Date,
                Low: begins ? low : long.MinValue, High: ends ? high : long.MaxValue));
        }
    }

    private void AddSpan(IReadOnlyList<string> dates)
    {
        long first = long.MaxValue;
        long last = long.MinValue;
        foreach (string date in dates)
        {
            if (FhirDates.TryRange(date, out long low, out long high))
            {
                first = Math.Min(first, low);
                last = Math.Max(last, high);
            }
        }

        if (first <= last)
        {
            Put(new IndexEntry(parameter.Code, IndexKind.Date, Low: first, High: last));
        }
    }

    private void AddText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                AddText(item);
            }
        }
        else if (Text(element) is { } text)
        {
            string kept = asWritten ? text : FhirText.Fold(text);
            if (kept.Length > 0)
            {
                Put(new IndexEntry(parameter.Code, IndexKind.String, Value: kept));
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            string[] parts = parameter.Code.StartsWith("address", StringComparison.Ordinal) ? s_addressParts : s_nameParts;
            foreach (string part in parts)
            {
                if (element.TryGetProperty(part, out JsonElement value))
                {
                    AddText(value);
                }
            }
        }
    }

    private IndexEntry Token(string system, string code) => new(parameter.Code, IndexKind.Token, system, code);

    private void Put(IndexEntry entry)
    {
        if (seen.Add(entry))
        {
            entries.Add(entry);
        }
    }

    private static string? Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? Text(value) : null;
}
