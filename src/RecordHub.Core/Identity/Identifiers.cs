namespace RecordHub.Core.Identity;

/// <summary>How identifiers are compared: one writing for each issuer, whoever wrote it.</summary>
public static class Identifiers
{
    private const string OidPrefix = "urn:oid:";
    private const string IssuerPrefix = "urn:recordhub:issuer:";

    private static readonly HashSet<string> s_standIns = new(StringComparer.OrdinalIgnoreCase)
    {
        "anon", "anonym", "anonymous", "anonymized", "anonymised", "n/a", "na", "nil", "none", "null", "test", "unbekannt",
        "unknown", "xxx",
    };

    /// <summary>The same identifier in the writing that is kept and compared.</summary>
    public static PatientIdentifier Canonical(PatientIdentifier identifier)
    {
        string issuer = (identifier.Issuer ?? string.Empty).Trim();
        issuer = issuer.StartsWith(OidPrefix, StringComparison.OrdinalIgnoreCase) ? issuer[OidPrefix.Length..] : issuer;
        issuer = issuer.StartsWith(IssuerPrefix, StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(issuer[IssuerPrefix.Length..]) : issuer;
        return new PatientIdentifier(issuer, (identifier.Value ?? string.Empty).Trim());
    }

    /// <summary>
    /// Those that say who issued them, in canonical writing and ordinal order, each once. What stands for no number, or fails
    /// the check digit of its scheme, identifies nobody.
    /// </summary>
    public static IReadOnlyList<PatientIdentifier> Issued(IEnumerable<PatientIdentifier> identifiers) =>
        [.. identifiers.Select(Canonical).Where(one => one.Issuer.Length > 0 && IsNumber(one)).Distinct()
            .OrderBy(one => one.Issuer, StringComparer.Ordinal).ThenBy(one => one.Value, StringComparer.Ordinal)];

    /// <summary>Those of a claim and of the documents inside its record.</summary>
    public static IReadOnlyList<PatientIdentifier> Carried(PatientClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Issued(claim.Inside is null
            ? claim.Identifiers : claim.Identifiers.Concat(claim.Inside.SelectMany(one => one.Claim.Identifiers)));
    }

    private static bool IsNumber(PatientIdentifier one) =>
        one.Value.AsSpan().Trim("0-. ").Length > 0 && !s_standIns.Contains(one.Value) && CheckDigits.Pass(one);

    /// <summary>The issuer as the URI that FHIR's <c>Identifier.system</c> wants (R4 datatypes.html §Identifier).</summary>
    public static string SystemOf(string issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        bool oid = issuer.Contains('.', StringComparison.Ordinal) && issuer[0] is >= '0' and <= '2'
            && issuer.All(c => char.IsAsciiDigit(c) || c == '.');
        return oid ? OidPrefix + issuer
            : Uri.TryCreate(issuer, UriKind.Absolute, out _) && !issuer.StartsWith('/') ? issuer
            : IssuerPrefix + Uri.EscapeDataString(issuer);
    }
}
