using System.Text;
using RecordHub.Core.Identity;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>Text that is the same for two claims exactly when they say the same.</summary>
internal static class ClaimKey
{
    public static string Of(PatientClaim claim)
    {
        StringBuilder key = new();
        foreach (PatientIdentifier identifier in claim.Identifiers
            .OrderBy(i => i.Issuer, StringComparer.Ordinal).ThenBy(i => i.Value, StringComparer.Ordinal))
        {
            Part(key, identifier.Issuer);
            Part(key, identifier.Value);
        }

        foreach (string name in claim.Names
            .Select(n => $"{FhirText.Fold(n.Family)}^{FhirText.Fold(n.Given)}").Order(StringComparer.Ordinal))
        {
            Part(key, name);
        }

        Part(key, claim.BirthDate?.ToString() ?? string.Empty);
        Part(key, claim.Sex.ToString());
        return key.ToString();
    }

    private static void Part(StringBuilder key, string text) => key.Append(text.Length).Append(':').Append(text);
}
