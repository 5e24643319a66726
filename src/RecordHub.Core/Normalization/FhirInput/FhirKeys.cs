using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Names resources by what they say, so that a resource that comes in another Bundle is the one that is here. Two of one
/// key are the same bytes as drafts: whoever of them stays, it is the same resource.
/// </summary>
internal sealed class FhirKeys
{
    // What can happen to a patient twice and be told in the same words.
    private static readonly HashSet<string> s_events = new(
        [
            "ClinicalImpression", "Communication", "DeviceUseStatement", "DiagnosticReport", "Encounter", "Immunization", "Media",
            "MedicationAdministration", "MedicationDispense", "MedicationRequest", "MedicationStatement", "Observation", "Procedure",
            "QuestionnaireResponse", "RiskAssessment", "ServiceRequest", "Specimen",
        ],
        StringComparer.Ordinal);

    // What the names of elements begin with that say when.
    private static readonly string[] s_times =
    [
        "effective", "performed", "occurrence", "issued", "period", "date", "authored", "when", "sent", "received", "created", "started",
        "recorded", "collected",
    ];

    private readonly Dictionary<ContentHash, int> _unnamed = [];

    /// <summary>The key of a resource.</summary>
    /// <param name="entry">The resource.</param>
    /// <param name="json">It as a draft, its fellows by their keys.</param>
    public string Of(FhirEntry entry, ReadOnlySpan<byte> json)
    {
        ContentHash content = Hash(json);
        if (!IsOneOfMany(entry))
        {
            return $"fhir.{content}";
        }

        // Two that tell neither when nor by which number may be two: then the sender's names for them have a say.
        if (entry.Id is { } id)
        {
            return $"fhir.{content}.id.{Hash(Encoding.UTF8.GetBytes(id))}";
        }

        int number = _unnamed[content] = _unnamed.GetValueOrDefault(content) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"fhir.{content}.{number}");
    }

    /// <summary>The key of bytes that are served as a Binary.</summary>
    public static string OfBytes(string contentType, ReadOnlySpan<byte> bytes) => $"fhir.{Hash(bytes, contentType)}.binary";

    /// <summary>The key of a Binary whose data cannot be read.</summary>
    public static string OfUnread(JsonElement binary) => $"fhir.{Hash(JsonMarshal.GetRawUtf8Value(binary))}.unread";

    /// <summary>The keys of resources that refer to each other, in the order given.</summary>
    /// <param name="own">The key of each, its fellows in the cycle left out.</param>
    /// <param name="targets">Which of them each refers to, by their places, in its own order.</param>
    /// <remarks>
    /// Each is named by what it says and by what it refers to, that again, and so on. Two cycles of n resources that are
    /// alike for 2n steps are alike for ever (a partition of 2n things is refined less than 2n times), so that two of one key
    /// refer to resources of one key.
    /// </remarks>
    public static IReadOnlyList<string> OfCycle(IReadOnlyList<string> own, IReadOnlyList<IReadOnlyList<int>> targets)
    {
        string[] names = [.. own];
        for (int step = 0; step < 2 * own.Count; step++)
        {
            names =
            [
                .. own.Select((name, index) => Hash(
                    [], string.Join('\n', targets[index].Select(target => names[target]).Prepend(name))).ToString()),
            ];
        }

        return [.. names.Select(name => string.Create(CultureInfo.InvariantCulture, $"fhir.{name}.of.{own.Count}"))];
    }

    private static bool IsOneOfMany(FhirEntry entry) => s_events.Contains(entry.Type)
        && !entry.Resource.TryGetProperty("identifier", out _) && !TellsWhen(entry.Resource)
        && !(entry.Resource.TryGetProperty("collection", out JsonElement collection) && TellsWhen(collection));

    private static bool TellsWhen(JsonElement element) => element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Any(static property =>
        {
            string name = property.Name;
            return Array.Exists(s_times, time => name.StartsWith(time, StringComparison.Ordinal));
        });

    private static ContentHash Hash(ReadOnlySpan<byte> bytes, string? words = null)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (words is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(words));
            hash.AppendData([0]);
        }

        hash.AppendData(bytes);
        return ContentHash.FromDigest(hash.GetHashAndReset());
    }
}
