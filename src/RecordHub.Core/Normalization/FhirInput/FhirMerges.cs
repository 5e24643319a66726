using System.Text.Json;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// <c>Patient.link</c> (R4 patient.html#links): two Patients that are one person. Each link that names an identifier on both
/// sides is a statement of its own beside the Patient's record.
/// </summary>
internal static class FhirMerges
{
    internal static IEnumerable<PatientRecord> Read(IReadOnlyList<FhirEntry> entries, FhirOwners owners, int first, string? defaultIssuer)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (FhirEntry entry in entries.Where(entry => entry.Type == "Patient"))
        {
            foreach (JsonElement link in FhirValue.Items(entry.Resource, "link"))
            {
                if (FhirValue.Text(link, "type") is { } kind && link.TryGetProperty("other", out JsonElement other)
                    && Of(kind, owners.OfPatient(entry).Claim, Other(entry, other, entries, owners, defaultIssuer)) is { } record
                    && seen.Add(ClaimKey.Of(record.Claim)))
                {
                    yield return record with { Part = first++ };
                }
            }
        }
    }

    // What is said of whom stays is what is compared; where the other side is only a reference, this side has to do.
    private static PatientRecord? Of(string kind, PatientClaim self, PatientClaim other)
    {
        bool otherStays = kind is "replaced-by" or "refer" && other.Names.Count > 0;
        (PatientClaim stays, PatientClaim goes) = otherStays ? (other, self) : (self, other);
        PatientIdentifier[] prior = [.. goes.Identifiers.Except(stays.Identifiers)];
        return prior.Length == 0 || stays.Identifiers.Count == 0
            ? null
            : new PatientRecord
            {
                Part = 1,
                Title = "Link between patients",
                Claim = stays with { Identifiers = [.. stays.Identifiers, .. prior], ByReferenceOnly = false },
                Merge = new IdentityMerge(kind, prior, goes.Names),
            };
    }

    private static PatientClaim Other(
        FhirEntry entry, JsonElement other, IReadOnlyList<FhirEntry> entries, FhirOwners owners, string? defaultIssuer) =>
        FhirValue.Text(other, "reference") is { } literal && entry.Scope.Find(literal, entry.Base) is { } index
            ? entries[index].Type == "Patient" ? owners.OfPatient(entries[index]).Claim : PatientClaim.Nobody
            : FhirClaim.OfReference(other, defaultIssuer);
}
