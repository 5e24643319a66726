namespace RecordHub.Core.Identity;

/// <summary>An identifier within its issuer. The same value at two issuers is two people until proven otherwise.</summary>
/// <param name="Issuer">The issuer, as a URI, OID or name; empty when nobody said, and then it never matches by itself.</param>
/// <param name="Value">The identifier as written, trimmed.</param>
public readonly record struct PatientIdentifier(string Issuer, string Value)
{
    /// <summary>The type only: an identifier is a patient's.</summary>
    public override string ToString() => nameof(PatientIdentifier);
}
