namespace RecordHub.Dicom.Network;

/// <summary>Who the user says he is (sub-item 58H, PS3.7 §D.3.3.7). Prints no member: it holds secrets.</summary>
/// <param name="Type">1 user name, 2 user name and passcode, 3 Kerberos ticket, 4 SAML assertion, 5 JSON web token.</param>
/// <param name="ResponseRequested">Whether the peer wants a positive answer.</param>
/// <param name="Primary">The name, ticket, assertion or token.</param>
/// <param name="Secondary">The passcode; empty for other types.</param>
public sealed record UserIdentity(
    byte Type, bool ResponseRequested, ReadOnlyMemory<byte> Primary, ReadOnlyMemory<byte> Secondary)
{
    /// <inheritdoc />
    public override string ToString() => nameof(UserIdentity);
}
