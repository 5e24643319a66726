using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>The entries of one bundle (or file), by what they can be called (R4 bundle.html#references).</summary>
/// <remarks>A name that two entries share leads nowhere: a guess could hand one patient's record to another.</remarks>
internal sealed class FhirScope(FhirScope? outer)
{
    private const int Ambiguous = -1;

    private readonly Dictionary<string, int> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byTypeAndId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byIdentifier = new(StringComparer.Ordinal);

    public void Add(FhirEntry entry)
    {
        if (entry.FullUrl is { } url)
        {
            Put(_byUrl, url, entry.Index);
        }

        if (entry.Id is { } id)
        {
            Put(_byTypeAndId, $"{entry.Type}/{id}", entry.Index);
        }

        if (entry.Resource.TryGetProperty("identifier", out JsonElement identifiers)
            && identifiers.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement identifier in identifiers.EnumerateArray())
            {
                if (FhirValue.Text(identifier, "value") is { } value)
                {
                    Put(_byIdentifier, $"{entry.Type}|{FhirValue.Text(identifier, "system")}|{value}", entry.Index);
                }
            }
        }
    }

    /// <summary>The index of the entry that a literal means; null when it is not here, or not one alone.</summary>
    public int? Find(string literal, string? serverBase)
    {
        int? found = FindHere(literal, serverBase);
        return found ?? outer?.Find(literal, serverBase);
    }

    private int? FindHere(string literal, string? serverBase)
    {
        int query = literal.IndexOf("?identifier=", StringComparison.Ordinal);
        if (query > 0)
        {
            string value = Uri.UnescapeDataString(literal[(query + "?identifier=".Length)..]);
            string type = literal[(literal.LastIndexOf('/', query) + 1)..query];
            return Get(_byIdentifier, $"{type}|{(value.Contains('|', StringComparison.Ordinal) ? value : "|" + value)}");
        }

        FhirReference reference = FhirReference.Parse(literal);
        if (Get(_byUrl, reference.Text) is { } named)
        {
            return named;
        }

        if (!reference.IsRelative)
        {
            return null;
        }

        return serverBase is not null && Get(_byUrl, serverBase + reference.Text) is { } based
            ? based
            : Get(_byTypeAndId, reference.Text);
    }

    // History bundles hold several versions of one resource; the reader keeps the first of a full URL, so that two
    // entries with one name are two resources.
    private static void Put(Dictionary<string, int> names, string name, int index) =>
        names[name] = names.TryGetValue(name, out int known) && known != index ? Ambiguous : index;

    private static int? Get(Dictionary<string, int> names, string name) =>
        names.TryGetValue(name, out int index) && index != Ambiguous ? index : null;
}
