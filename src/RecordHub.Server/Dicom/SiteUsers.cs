using System.Security.Cryptography;
using System.Text;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Compares the user identity of a request (PS3.7 §D.3.3.7) with the one that a site has to give. Pure.</summary>
/// <remarks>
/// Kerberos tickets, SAML assertions and JSON web tokens are not verified here: they are taken as information, and are
/// never the identity that a site has to give.
/// </remarks>
internal static class SiteUsers
{
    private const byte UserName = 1;
    private const byte UserNameAndPasscode = 2;

    /// <summary>Whether it is the site's user, or the site has none.</summary>
    public static bool Accepts(SiteUser? expected, UserIdentity? given)
    {
        if (expected is null)
        {
            return true;
        }

        return given is { Type: UserName or UserNameAndPasscode }
            && given.Primary.Span.SequenceEqual(Encoding.UTF8.GetBytes(expected.Name))
            && (expected.PasscodeSha256 is not { } digest
                || (given.Type == UserNameAndPasscode
                    && CryptographicOperations.FixedTimeEquals(SHA256.HashData(given.Secondary.Span), digest.Span)));
    }
}
