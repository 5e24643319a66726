using System.Security.Cryptography;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Hosting;

/// <summary>Reads on which terms a site is served: who has to call for it, and how much it may take. Pure.</summary>
internal static class SiteTermsReader
{
    private const string DigestAllowed =
        "the SHA-256 of the passcode as 64 hexadecimal digits, as 'printf %s PASSCODE | sha256sum' prints it";

    private const int MostPullSeconds = 2_592_000;

    public static SiteUser? User(Settings settings, string prefix)
    {
        string? name = settings.Text(prefix + "UserName");
        string? digest = settings.Matching(prefix + "PasscodeSha256", DigestAllowed, IsDigest);
        if (name is null)
        {
            return digest is null ? null : throw new StartRefusedException(
                $"The setting {prefix}PasscodeSha256 is given without {prefix}UserName: a passcode belongs to a user name.");
        }

        return new SiteUser(name, digest is null ? null : Convert.FromHexString(digest));
    }

    public static SiteLimits Limits(Settings settings, string prefix) => new()
    {
        MaxAssociations = Given(settings.Number(prefix + "MaxAssociations", -1, 1, DicomLimits.MostAssociations)),
        MaxPduLength = Given(settings.Number(
            prefix + "MaxPduLength", -1, DicomLimits.LeastPduLength, DicomLimits.MostPduLength)),
        Idle = Given(settings.Number(prefix + "IdleSeconds", -1, 1, 86_400)) is { } seconds
            ? TimeSpan.FromSeconds(seconds) : null,
        MaxInstancesInFlight = Given(settings.Number(
            prefix + "MaxInstancesInFlight", -1, 1, DicomLimits.MostAssociations)),
        MaxBytesInFlight = settings.Number(prefix + "MaxBytesInFlight", -1L, 1, long.MaxValue) is var bytes and > 0
            ? bytes : null,
    };

    public static TimeSpan? PullEvery(Settings settings, string prefix, bool isNode) =>
        settings.Number(prefix + "PullSeconds", 0, 1, MostPullSeconds) is not (> 0 and var seconds) ? null
        : isNode ? TimeSpan.FromSeconds(seconds)
        : throw new StartRefusedException(
            $"The setting {prefix}PullSeconds is {seconds}, but the site cannot be asked: give it AeTitle, Host and Port too.");

    private static int? Given(int value) => value < 0 ? null : value;

    private static bool IsDigest(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);
}
