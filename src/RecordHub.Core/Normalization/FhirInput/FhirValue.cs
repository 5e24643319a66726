using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Members of a JSON object, when they are of the kind that is looked for.</summary>
internal static class FhirValue
{
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static IEnumerable<JsonElement> Items(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    public static string Joined(JsonElement element, string name) => string.Join(
        ' ', Items(element, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()));
}
