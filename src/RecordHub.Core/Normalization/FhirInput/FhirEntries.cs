using System.Globalization;
using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>The resources of an input, bundles within it unfolded.</summary>
internal sealed class FhirEntries
{
    private const int MaxEntries = 200_000;
    private const int MaxBundleDepth = 8;

    private readonly List<FhirEntry> _entries = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<FhirEntry> All => _entries;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>How many bundles were unfolded.</summary>
    public int Bundles { get; private set; }

    /// <summary>Which part of the item is no FHIR, the first one named; null when all of it is.</summary>
    public string? Broken { get; set; }

    public void Warn(string warning) => _warnings.Add(warning);

    /// <exception cref="FhirInputException">Not R4, or over a limit.</exception>
    public void Add(JsonElement resource, FhirScope scope, string where) => Add(resource, null, scope, where, 0);

    private void Add(JsonElement resource, string? fullUrl, FhirScope scope, string where, int depth)
    {
        if (resource.ValueKind != JsonValueKind.Object || FhirValue.Text(resource, "resourceType") is not { } type)
        {
            throw new FhirInputException("malformed", "There is no resourceType where a resource is expected.", where);
        }

        if (!FhirRelease.IsType(type) && !FhirRelease.IsOtherType(type))
        {
            throw new FhirInputException("malformed", "The resourceType is none of R4.", where);
        }

        if (FhirRelease.Other(type, resource) is { } other)
        {
            throw new FhirInputException(
                "not-r4", $"The content is not FHIR R4 ({other} is another release's). Send it as R4.", where);
        }

        if (type == "Bundle" && HasResources(resource))
        {
            Unfold(resource, new FhirScope(scope), where, depth);
            return;
        }

        if (_entries.Count == MaxEntries)
        {
            throw new FhirInputException("limit", "There are more resources than are read of one item.", where);
        }

        FhirEntry entry = new()
        {
            Index = _entries.Count,
            Resource = resource,
            Type = type,
            Id = FhirValue.Text(resource, "id"),
            FullUrl = fullUrl,
            Scope = scope,
            Where = where,
            Links = FhirLink.Of(resource),
        };
        _entries.Add(entry);
        scope.Add(entry);
    }

    private static bool HasResources(JsonElement bundle) =>
        FhirValue.Items(bundle, "entry").Any(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out _));

    private void Unfold(JsonElement bundle, FhirScope scope, string where, int depth)
    {
        if (depth == MaxBundleDepth)
        {
            throw new FhirInputException("limit", "Bundles are nested deeper than allowed.", where);
        }

        Bundles++;
        HashSet<string> seen = new(StringComparer.Ordinal);
        bool isHistory = FhirValue.Text(bundle, "type") == "history";
        int number = 0;
        foreach (JsonElement entry in FhirValue.Items(bundle, "entry"))
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{where}.entry[{number++}]");
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out JsonElement resource))
            {
                _warnings.Add($"{place} has no resource");
                continue;
            }

            string? fullUrl = FhirValue.Text(entry, "fullUrl");
            string? method = entry.TryGetProperty("request", out JsonElement request)
                ? FhirValue.Text(request, "method")
                : null;
            string? mode = entry.TryGetProperty("search", out JsonElement search) ? FhirValue.Text(search, "mode") : null;
            if (method is "DELETE" or "GET" or "HEAD" or "PATCH")
            {
                _warnings.Add($"{place} asks for {method}; it is not carried out");
            }
            else if (mode != "outcome" && !(isHistory && fullUrl is not null && !seen.Add(fullUrl)))
            {
                Add(resource, fullUrl, scope, place + ".resource", depth + 1);
            }
        }
    }
}
