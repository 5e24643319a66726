namespace RecordHub.Core.Identity;

/// <summary>An identifier known to be a patient's.</summary>
/// <param name="Identifier">The identifier within its issuer.</param>
/// <param name="PatientId">Our Patient resource.</param>
/// <param name="Because">How it first came to be known: <c>case</c>, <c>verified</c>, or <c>assigned by NAME</c>.</param>
public sealed record IdentifierLink(PatientIdentifier Identifier, string PatientId, string Because)
{
    /// <summary>The type only: an identifier is a patient's.</summary>
    public override string ToString() => nameof(IdentifierLink);
}
