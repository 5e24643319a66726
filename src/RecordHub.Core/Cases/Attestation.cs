using System.Text.Json;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>Which records brought which FHIR resources: several may bring the same. Pure.</summary>
/// <param name="Records">The records that brought some, by content and part.</param>
/// <param name="Nameless">Resources (<c>Type/id</c>) that only records brought that name no patient.</param>
internal sealed record Attestation(IReadOnlySet<(ContentHash Content, int Part)> Records, IReadOnlySet<string> Nameless)
{
    public override string ToString() => nameof(Attestation);

    /// <summary>Reads it off the Provenance of each record of FHIR content.</summary>
    /// <param name="number">The case.</param>
    /// <param name="resources">Its resources.</param>
    /// <param name="filed">The records that are filed to it.</param>
    internal static Attestation Of(
        CaseNumber number, IReadOnlyList<ResourceVersion> resources, IReadOnlyList<HeldRecord> filed)
    {
        HeldRecord[] records = [.. filed
            .Where(one => one.Item.Kind is ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson)];
        HashSet<(ContentHash, int)> speaking = [];
        HashSet<string> named = new(StringComparer.Ordinal);
        HashSet<string> nameless = new(StringComparer.Ordinal);

        // Most often all of them name their patient, and nothing is read.
        if (Array.Exists(records, one => one.Claim.NamesNobody))
        {
            Dictionary<string, ResourceVersion> provenances = resources
                .Where(one => one is { Type: "Provenance", Deleted: false }).ToDictionary(one => one.Id, StringComparer.Ordinal);
            foreach (HeldRecord record in records)
            {
                string id = Binding.ProvenanceIdOf(number, record.Item.Content, record.Id.Part);
                if (provenances.TryGetValue(id, out ResourceVersion? provenance))
                {
                    speaking.Add((record.Item.Content, record.Id.Part));
                    (record.Claim.NamesNobody ? nameless : named).UnionWith(TargetsOf(provenance));
                }
            }

            nameless.ExceptWith(named);
        }

        return new Attestation(speaking, nameless);
    }

    // The last is the patient.
    private static List<string> TargetsOf(ResourceVersion provenance)
    {
        using JsonDocument json = JsonDocument.Parse(provenance.Json);
        return
        [
            .. json.RootElement.GetProperty("target").EnumerateArray().SkipLast(1)
                .Select(one => ResourceFacts.Text(one, "reference")).OfType<string>(),
        ];
    }
}
