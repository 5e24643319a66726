using System.Buffers;
using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Requests;

/// <summary>Studies that the records of a case speak of and of which no image is here.</summary>
/// <param name="Studies">Study Instance UIDs.</param>
/// <param name="Accessions">Accession numbers of orders, reports and studies.</param>
public sealed record StudyWishes(IReadOnlyList<string> Studies, IReadOnlyList<string> Accessions)
{
    private const string UidPrefix = "urn:oid:";
    private const int MostLength = 64;
    private static readonly SearchValues<char> s_uid = SearchValues.Create("0123456789.");

    /// <summary>The types of resources that are looked into.</summary>
    public static IReadOnlyList<string> Types { get; } = ["DiagnosticReport", "ImagingStudy", "ServiceRequest"];

    /// <summary>The type only: an accession number is a patient's.</summary>
    public override string ToString() => nameof(StudyWishes);

    /// <summary>What records that were sent ask for. Pure.</summary>
    /// <param name="resources">Resources of a case of those types; what RecordHub made itself is passed over.</param>
    /// <param name="here">The studies that have come.</param>
    public static StudyWishes Of(IEnumerable<ResourceVersion> resources, IReadOnlySet<string> here)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(here);
        SortedSet<string> studies = new(StringComparer.Ordinal);
        SortedSet<string> accessions = new(StringComparer.Ordinal);
        SortedSet<string> arrived = new(StringComparer.Ordinal);
        foreach (ResourceVersion one in resources.Where(one => one is { RecordId: not null, Deleted: false }))
        {
            using JsonDocument document = JsonDocument.Parse(one.Json, new JsonDocumentOptions { MaxDepth = 256 });
            if (IsTakenBack(document.RootElement))
            {
                continue;
            }

            string[] uids = [.. Identifiers(document.RootElement).Select(UidOf).OfType<string>()];
            (uids.Any(here.Contains) ? arrived : accessions)
                .UnionWith(Identifiers(document.RootElement).Select(AccessionOf).OfType<string>());
            studies.UnionWith(one.Type == "ImagingStudy" ? uids : []);
        }

        studies.ExceptWith(here);
        accessions.ExceptWith(arrived);
        return new StudyWishes([.. studies], [.. accessions]);
    }

    private static bool IsTakenBack(JsonElement resource) => Text(resource, "status") is "cancelled" or "entered-in-error" or "revoked";

    private static IEnumerable<JsonElement> Identifiers(JsonElement resource) =>
        resource.TryGetProperty("identifier", out JsonElement all) && all.ValueKind == JsonValueKind.Array
            ? all.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.Object) : [];

    private static string? UidOf(JsonElement identifier) =>
        Text(identifier, "value") is { } value && value.StartsWith(UidPrefix, StringComparison.Ordinal)
            && value.Length - UidPrefix.Length is > 0 and <= MostLength
            && value.AsSpan(UidPrefix.Length).IndexOfAnyExcept(s_uid) < 0
            ? value[UidPrefix.Length..] : null;

    // v2-0203, as R4 imagingstudy.html §8.14.4 has it; wildcards of C-FIND are no accession numbers (PS3.4 §C.2.2.2.4).
    private static string? AccessionOf(JsonElement identifier) =>
        identifier.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Object
            && type.TryGetProperty("coding", out JsonElement coding) && coding.ValueKind == JsonValueKind.Array
            && coding.EnumerateArray().Any(static one => one.ValueKind == JsonValueKind.Object && Text(one, "code") == "ACSN")
            && Text(identifier, "value")?.Trim() is { Length: > 0 and <= 16 } value && value.IndexOfAny(['*', '?', '\\']) < 0
            ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
