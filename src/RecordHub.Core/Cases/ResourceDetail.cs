using System.Text.Json;

namespace RecordHub.Core.Cases;

/// <summary>
/// What a line about a resource says beside its title: the value of an observation, the dose of a medication, what an
/// allergy does. As it was sent, never reckoned; null when it says nothing. Pure.
/// </summary>
internal static class ResourceDetail
{
    private const int Longest = 300;
    private const int MostParts = 12;

    internal static string? Of(JsonElement resource)
    {
        string text = ResourceFacts.Text(resource, "resourceType") switch
        {
            "Observation" => Observation(resource),
            "MedicationStatement" or "MedicationAdministration" => Texts(resource, "dosage"),
            "MedicationRequest" or "MedicationDispense" => Texts(resource, "dosageInstruction"),
            "AllergyIntolerance" => Allergy(resource),
            _ => string.Empty,
        };
        return text.Length == 0 ? null : ResourceFacts.Cut(text, Longest);
    }

    private static string Observation(JsonElement resource) => Join("; ", Items(resource, "component")
        .Select(static part => Join(" ", [Concept(part, "code"), Measured(part)]))
        .Prepend(Measured(resource)));

    // A value with what the laboratory said of it.
    private static string Measured(JsonElement one)
    {
        string value = Value(one);
        string absent = value.Length == 0 ? Concept(one, "dataAbsentReason") : string.Empty;
        string ranges = Join(", ", Items(one, "referenceRange").Select(static range =>
            ResourceFacts.Text(range, "text") is { Length: > 0 } text ? text : Range(range)));
        return Join(" ",
        [
            absent.Length == 0 ? value : $"no value ({absent})",
            Bracketed("", Join(", ", Items(one, "interpretation").Select(static item => ConceptOf(item)))),
            Bracketed("reference ", ranges),
        ]);
    }

    private static string Value(JsonElement one)
    {
        foreach (JsonProperty member in one.EnumerateObject())
        {
            string text = member.Name switch
            {
                "valueQuantity" => Quantity(member.Value),
                "valueCodeableConcept" => ConceptOf(member.Value),
                "valueString" or "valueDateTime" or "valueTime" => member.Value.ToString(),
                "valueInteger" => member.Value.ToString(),
                "valueBoolean" => member.Value.ValueKind == JsonValueKind.True ? "yes" : "no",
                "valueRange" => Range(member.Value),
                "valueRatio" => Join(" : ", [Quantity(Member(member.Value, "numerator")), Quantity(Member(member.Value, "denominator"))]),
                "valuePeriod" => Join(" to ", [
                    ResourceFacts.Text(member.Value, "start") ?? string.Empty, ResourceFacts.Text(member.Value, "end") ?? string.Empty]),
                _ => string.Empty,
            };
            if (text.Length > 0)
            {
                return text;
            }
        }

        return string.Empty;
    }

    private static string Quantity(JsonElement quantity) => Join(" ",
    [
        (ResourceFacts.Text(quantity, "comparator") ?? string.Empty) + Number(quantity),
        ResourceFacts.Text(quantity, "unit") ?? ResourceFacts.Text(quantity, "code") ?? string.Empty,
    ]);

    // With the digits that were sent: 5.0 is not 5.
    private static string Number(JsonElement quantity) =>
        Member(quantity, "value") is { ValueKind: JsonValueKind.Number } value ? value.GetRawText() : string.Empty;

    private static string Range(JsonElement range)
    {
        string low = Quantity(Member(range, "low")), high = Quantity(Member(range, "high"));
        return (low.Length, high.Length) switch
        {
            (0, 0) => string.Empty,
            (_, 0) => $"from {low}",
            (0, _) => $"to {high}",
            _ => $"{low} to {high}",
        };
    }

    private static string Allergy(JsonElement resource) => Join("; ", Items(resource, "reaction")
        .Select(static reaction => Join(" ",
        [
            Join(", ", Items(reaction, "manifestation").Select(static item => ConceptOf(item))),
            Bracketed("", ResourceFacts.Text(reaction, "severity") ?? string.Empty),
        ]))
        .Append(ResourceFacts.Text(resource, "criticality") is { Length: > 0 } criticality ? $"criticality {criticality}" : string.Empty));

    private static string Texts(JsonElement resource, string name) =>
        Join("; ", Items(resource, name).Select(static one => ResourceFacts.Text(one, "text") ?? string.Empty));

    private static string Concept(JsonElement element, string name) => ConceptOf(Member(element, name));

    private static string ConceptOf(JsonElement concept)
    {
        if (ResourceFacts.Text(concept, "text") is { Length: > 0 } text)
        {
            return text;
        }

        JsonElement[] codings = [.. Items(concept, "coding")];
        return codings.Select(static coding => ResourceFacts.Text(coding, "display")).FirstOrDefault(static one => one is { Length: > 0 })
            ?? codings.Select(static coding => ResourceFacts.Text(coding, "code")).FirstOrDefault(static one => one is { Length: > 0 })
            ?? string.Empty;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } value
            ? ResourceFacts.Items(value).Where(static one => one.ValueKind == JsonValueKind.Object).Take(MostParts)
            : [];

    private static string Bracketed(string before, string text) => text.Length == 0 ? string.Empty : $"({before}{text})";

    private static string Join(string between, IEnumerable<string> parts) =>
        string.Join(between, parts.Select(static part => part.Trim()).Where(static part => part.Length > 0));
}
