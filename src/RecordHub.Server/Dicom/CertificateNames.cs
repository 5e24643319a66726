using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordHub.Server.Dicom;

/// <summary>Compares a certificate with what is expected of it: a SHA-256 fingerprint, or one of its names. Pure.</summary>
internal static class CertificateNames
{
    public const string Allowed =
        "the SHA-256 fingerprint of the certificate (64 hexadecimal digits, with or without colons), or its subject, such as "
        + "CN=pacs.example.org, or a name or address in it";

    public static bool IsExpectation(string text) => text.Length <= 1024 && !text.Any(char.IsControl);

    public static bool Match(string expected, X509Certificate2 certificate)
    {
        string digits = expected.Replace(":", string.Empty, StringComparison.Ordinal);
        if (digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit))
        {
            return digits.Equals(certificate.GetCertHashString(HashAlgorithmName.SHA256), StringComparison.OrdinalIgnoreCase);
        }

        return Names(certificate).Contains(expected, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        yield return certificate.Subject;
        yield return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        foreach (X509SubjectAlternativeNameExtension names in
            certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (string name in names.EnumerateDnsNames())
            {
                yield return name;
            }

            foreach (IPAddress address in names.EnumerateIPAddresses())
            {
                yield return address.ToString();
            }
        }
    }
}
