using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>What the entries of a transaction are known by: two resources of one identity fail it (R4 http.html#trules).</summary>
internal sealed class FhirIdentities
{
    private readonly Dictionary<string, (JsonElement Resource, string Place)> _known = new(StringComparer.Ordinal);

    /// <summary>Notes an entry. The same resource once more is no other one.</summary>
    /// <exception cref="FhirInputException">Another resource has the identity.</exception>
    public void Add(JsonElement entry, JsonElement resource, string place)
    {
        foreach (string name in Names(entry))
        {
            if (!_known.TryAdd(name, (resource, place)) && !JsonElement.DeepEquals(_known[name].Resource, resource))
            {
                throw new FhirInputException(
                    "malformed", "Two entries of the transaction have one identity.", $"{_known[name].Place} and {place}");
            }
        }
    }

    private static IEnumerable<string> Names(JsonElement entry)
    {
        if (FhirValue.Text(entry, "fullUrl") is { Length: > 0 } fullUrl)
        {
            yield return "fullUrl " + fullUrl;
        }

        if (entry.TryGetProperty("request", out JsonElement request) && FhirValue.Text(request, "method") == "PUT"
            && FhirValue.Text(request, "url") is { Length: > 0 } url)
        {
            yield return "PUT " + url;
        }
    }
}
