using System.Text.Json;
using System.Text.Json.Nodes;

namespace RecordHub.Core.Tests.Normalization;

/// <summary>Records of one patient as different servers hand them over: other names, other order, the same content.</summary>
internal sealed class Delivery(JsonObject[] resources)
{
    private const string Name = "urn:name:";

    /// <summary>One of each, some of which refer to each other in a circle.</summary>
    internal static Delivery Whole { get; } = new(
    [
        Of("""{"resourceType":"Patient","identifier":[{"system":"urn:north","value":"77"}],"name":[{"family":"Musterfall","given":["Synthia"]}],"birthDate":"1961-04-09","gender":"female"}"""),
        Of("""{"resourceType":"Organization","name":"Laboratory"}"""),
        Of("""{"resourceType":"Observation","status":"final","code":{"text":"Ferritin"},"subject":{"reference":"urn:name:0"},"performer":[{"reference":"urn:name:1"}],"effectiveDateTime":"2024-05-01","valueQuantity":{"value":12.0,"unit":"ug/L"}}"""),
        Of("""{"resourceType":"Observation","status":"final","code":{"text":"Ferritin"},"subject":{"reference":"urn:name:0"},"performer":[{"reference":"urn:name:1"}],"effectiveDateTime":"2024-05-02","valueQuantity":{"value":12.0,"unit":"ug/L"}}"""),
        Of("""{"resourceType":"DiagnosticReport","status":"final","code":{"text":"Laboratory"},"subject":{"reference":"urn:name:0"},"effectiveDateTime":"2024-05-03","result":[{"reference":"urn:name:2"},{"reference":"urn:name:3"}],"conclusion":"short of iron"}"""),
        Of("""{"resourceType":"Condition","code":{"text":"Lesion"},"subject":{"reference":"urn:name:0"},"encounter":{"reference":"urn:name:6"},"onsetDateTime":"2024-04-01"}"""),
        Of("""{"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"urn:name:0"},"period":{"start":"2024-04-01"},"diagnosis":[{"condition":{"reference":"urn:name:5"}}]}"""),
        Of("""{"resourceType":"DocumentReference","status":"current","subject":{"reference":"urn:name:0"},"date":"2024-05-04T10:00:00Z","content":[{"attachment":{"contentType":"text/plain","url":"urn:name:8"}}],"context":{"encounter":[{"reference":"urn:name:6"}]}}"""),
        Of("""{"resourceType":"Procedure","status":"completed","code":{"text":"Biopsy"},"subject":{"reference":"urn:name:0"},"performedDateTime":"2024-04-02","report":[{"reference":"urn:name:4"}]}"""),
    ]);

    internal int Count => resources.Length;

    /// <summary>How many values can be changed.</summary>
    internal int Leaves => All().Count();

    /// <summary>The same with one value changed; the patient's own stay.</summary>
    internal Delivery Changed(int leaf)
    {
        Delivery copy = new([.. resources.Select(one => (JsonObject)one.DeepClone())]);
        JsonValue value = copy.All().ElementAt(leaf);
        value.ReplaceWith<JsonNode>(value.GetValueKind() == JsonValueKind.Number ? 4711 : value.GetValue<string>() + "0");
        return copy;
    }

    /// <summary>As a Bundle.</summary>
    /// <param name="seed">Chooses the resources' ids, and the order of members.</param>
    /// <param name="order">The order of the entries; as they are when null.</param>
    /// <param name="place">What full URLs begin with; without one, entries are called by their type and id.</param>
    internal string Write(int seed, int[]? order, string place)
    {
        Random random = new(seed);
        string[] ids = [.. resources.Select((_, index) => $"{random.Next(1000, 9999)}-{index}")];
        string[] names = [.. resources.Select((one, index) =>
            place.StartsWith("urn:", StringComparison.Ordinal) ? place + ids[index] : $"{place}{one["resourceType"]}/{ids[index]}")];
        JsonArray entries = [];
        foreach (int index in order ?? [.. Enumerable.Range(0, Count)])
        {
            JsonObject resource = (JsonObject)Mixed(resources[index], random)!;
            resource["id"] = ids[index];
            resource["meta"] = new JsonObject { ["versionId"] = $"{random.Next()}", ["lastUpdated"] = "2025-01-01T00:00:00Z" };
            JsonObject entry = new() { ["resource"] = resource };
            if (place.Length > 0)
            {
                entry["fullUrl"] = names[index];
            }

            entries.Add(entry);
        }

        string json = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = $"{seed}",
            ["type"] = "collection",
            ["timestamp"] = "2025-02-02T00:00:00Z",
            ["entry"] = entries,
        }.ToJsonString();
        for (int index = 0; index < names.Length; index++)
        {
            json = json.Replace($"\"{Name}{index}\"", $"\"{names[index]}\"", StringComparison.Ordinal);
        }

        return json;
    }

    private static JsonObject Of(string json) => JsonNode.Parse(json)!.AsObject();

    private IEnumerable<JsonValue> All() => resources.Where(one => one["resourceType"]!.GetValue<string>() != "Patient").SelectMany(Values);

    private static IEnumerable<JsonValue> Values(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => member.Key != "resourceType").SelectMany(member => Values(member.Value)),
        JsonArray items => items.SelectMany(Values),
        JsonValue value when !value.ToString().StartsWith(Name, StringComparison.Ordinal) => [value],
        _ => [],
    };

    private static JsonNode? Mixed(JsonNode? node, Random random)
    {
        switch (node)
        {
            case JsonObject members:
                KeyValuePair<string, JsonNode?>[] order = [.. members];
                random.Shuffle(order);
                return new JsonObject(order.Select(member => KeyValuePair.Create(member.Key, Mixed(member.Value, random))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Mixed(item, random))]);
            default:
                return node?.DeepClone();
        }
    }
}
