using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>The Parameters resource that an operation is called with by POST (R4 operations.html#request).</summary>
internal static class OperationInput
{
    private const long MostBytes = 1 << 20;

    /// <summary>Whether the body says that it is FHIR in JSON.</summary>
    public static bool IsSentTo(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is "application/fhir+json" or "application/json";

    /// <summary>Name and value of each parameter; one that comes several times is one with alternatives.</summary>
    /// <exception cref="RefusedException">The body is no Parameters resource of primitive values (400).</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        try
        {
            using JsonDocument json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("resourceType", out JsonElement type)
                || type.ValueKind != JsonValueKind.String || !type.ValueEquals("Parameters"))
            {
                throw Invalid();
            }

            return !root.TryGetProperty("parameter", out JsonElement list) ? []
                : list.ValueKind != JsonValueKind.Array ? throw Invalid()
                : [.. list.EnumerateArray().Select(Pair).GroupBy(pair => pair.Key, pair => pair.Value)
                    .Select(same => KeyValuePair.Create(same.Key, string.Join(',', same)))];
        }
        catch (JsonException)
        {
            throw Invalid();
        }
    }

    private static KeyValuePair<string, string> Pair(JsonElement parameter)
    {
        if (parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty("name", out JsonElement name)
            && name.ValueKind == JsonValueKind.String)
        {
            foreach (JsonProperty property in parameter.EnumerateObject())
            {
                if (property.Name.StartsWith("value", StringComparison.Ordinal)
                    && property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    return new(name.ToString(), property.Value.ToString());
                }
            }
        }

        throw Invalid();
    }

    private static RefusedException Invalid() => new(
        StatusCodes.Status400BadRequest, "structure",
        "Send a Parameters resource whose parameters have a name and a string or number.", "Parameters.parameter");
}
