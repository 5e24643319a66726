using System.Text.Json;

namespace RecordHub.Core.Resources;

/// <summary>What the index keeps of a Quantity, or of a Range of them (R4 search.html §quantity). Pure.</summary>
public static class QuantityValues
{
    /// <summary>The end of a component's value in the index, behind its code, by the unit that is asked for.</summary>
    public static string FormOf(string? system, string? unit) => system is null && unit is null ? string.Empty : $"|{system}|{unit}";

    /// <summary>The numbers that it covers; false when it has none.</summary>
    internal static bool TryRange(JsonElement element, out long low, out long high)
    {
        low = long.MinValue;
        high = long.MaxValue;
        if (element.ValueKind == JsonValueKind.Number)
        {
            bool isNumber = FhirNumbers.TryRead(element.GetRawText(), out low);
            high = low;
            return isNumber;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!element.TryGetProperty("value", out JsonElement value))
        {
            return TryBounds(element, ref low, ref high);
        }

        if (value.ValueKind != JsonValueKind.Number || !FhirNumbers.TryRead(value.GetRawText(), out long number))
        {
            return false;
        }

        // A value that is said to be less than a number is somewhere below it.
        (low, high) = Text(element, "comparator") switch
        {
            "<" => (long.MinValue, number - 1),
            "<=" => (long.MinValue, number),
            ">" => (number + 1, long.MaxValue),
            ">=" => (number, long.MaxValue),
            _ => (number, number),
        };
        return true;
    }

    /// <summary>
    /// The units by which it is found: its code with the system, and the unit as it is written; one without either when it says none.
    /// </summary>
    internal static IEnumerable<(string System, string? Unit)> Units(JsonElement element)
    {
        JsonElement said = element.ValueKind == JsonValueKind.Object && !element.TryGetProperty("value", out _)
            && (Member(element, "low") ?? Member(element, "high")) is { } bound ? bound : element;
        string? code = Text(said, "code");
        string? unit = Text(said, "unit") ?? Text(said, "currency");
        if (code is not null || unit is null)
        {
            yield return (Text(said, "system") ?? string.Empty, code);
        }

        if (unit is not null && unit != code)
        {
            yield return (string.Empty, unit);
        }
    }

    private static bool TryBounds(JsonElement range, ref long low, ref long high)
    {
        bool begins = Member(range, "low") is { } from && TryRange(from, out low, out _);
        bool ends = Member(range, "high") is { } to && TryRange(to, out _, out high);
        low = begins ? low : long.MinValue;
        high = ends ? high : long.MaxValue;
        return begins || ends;
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
