using System.Text.Json;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Identifiers that stand beside a subject's reference: both have to mean one person (R4 references.html#logical). Which of
/// the two is wrong nobody can tell from the resource.
/// </summary>
internal sealed class FhirSubjectIdentifiers(IEnumerable<FhirOwner> patients, string? defaultIssuer)
{
    private readonly Lazy<Dictionary<PatientIdentifier, FhirOwner>> _patients = new(() => ByIdentifier(patients));
    private readonly Dictionary<FhirOwner, Dictionary<PatientIdentifier, EmbeddedClaim>> _said = [];

    /// <summary>Whom else than the owner the identifier means; null when it means the owner, or may.</summary>
    internal PatientClaim? Other(FhirOwner owner, JsonElement subject, string where)
    {
        PatientClaim claim = FhirClaim.OfReferredIdentifier(subject, defaultIssuer);
        IReadOnlyList<PatientIdentifier> said = Identifiers.Issued(claim.Identifiers);
        IReadOnlyList<PatientIdentifier> known = Identifiers.Issued(owner.Claim.Identifiers);
        if (said.Count == 0 || said.Any(known.Contains))
        {
            return null;
        }

        // Another number of the same issuer is another person's; of another issuer it may be the same one's.
        if (said.Any(one => _patients.Value.TryGetValue(one, out FhirOwner? patient) && patient != owner)
            || said.Any(one => known.Any(other => other.Issuer == one.Issuer)))
        {
            return claim;
        }

        if (!_said.TryGetValue(owner, out Dictionary<PatientIdentifier, EmbeddedClaim>? all))
        {
            _said.Add(owner, all = []);
        }

        all.TryAdd(said[0], new EmbeddedClaim("the subject of " + where, claim));
        return null;
    }

    internal IReadOnlyList<EmbeddedClaim> SaidOf(FhirOwner owner) =>
        _said.TryGetValue(owner, out Dictionary<PatientIdentifier, EmbeddedClaim>? all) ? [.. all.Values] : [];

    private static Dictionary<PatientIdentifier, FhirOwner> ByIdentifier(IEnumerable<FhirOwner> patients)
    {
        Dictionary<PatientIdentifier, FhirOwner> found = [];
        foreach (FhirOwner patient in patients)
        {
            foreach (PatientIdentifier one in Identifiers.Issued(patient.Claim.Identifiers))
            {
                found.TryAdd(one, patient);
            }
        }

        return found;
    }
}
