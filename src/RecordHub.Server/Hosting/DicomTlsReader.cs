using System.Net;

namespace RecordHub.Server.Hosting;

/// <summary>Reads how DICOM is spoken over TLS.</summary>
internal static class DicomTlsReader
{
    private const string FileAllowed = "the path of a file that can be read";

    public static DicomTls Read(Settings settings)
    {
        DicomTls tls = new()
        {
            Endpoint = settings.Matching(
                "Dicom:TlsEndpoint", ListenAddress.Allowed, text => ListenAddress.TryParse(text, out _)) is { } endpoint
                && ListenAddress.TryParse(endpoint, out IPEndPoint? parsed) ? parsed : null,
            Certificate = File(settings, "Dicom:Certificate"),
            CertificateKey = File(settings, "Dicom:CertificateKey"),
            CertificatePassword = settings.Text("Dicom:CertificatePassword"),
            ClientCertificates = settings.Matching(
                "Dicom:ClientCertificates", "required, optional or off",
                text => text.ToLowerInvariant() is "required" or "optional" or "off") is { } mode
                ? Enum.Parse<ClientCertificates>(mode, ignoreCase: true) : ClientCertificates.Required,
            TrustedCertificates = File(settings, "Dicom:TrustedCertificates"),
            HandshakeTimeout = TimeSpan.FromSeconds(settings.Number("Dicom:TlsHandshakeSeconds", 10, 1, 600)),
        };
        if (tls.Endpoint is null)
        {
            return tls;
        }

        if (tls.Certificate is null)
        {
            throw new StartRefusedException(
                $"The setting Dicom:TlsEndpoint is {tls.Endpoint}, but Dicom:Certificate is missing: set it to the file of our "
                + "certificate (PEM with its key, or PKCS #12).");
        }

        return tls.ClientCertificates == ClientCertificates.Off || tls.TrustedCertificates is not null
            ? tls
            : throw new StartRefusedException(
                "The setting Dicom:TrustedCertificates is missing: set it to a PEM file of the authorities that callers' "
                + "certificates come from, or set Dicom:ClientCertificates to off.");
    }

    private static string? File(Settings settings, string key) => settings.Matching(key, FileAllowed, System.IO.File.Exists);
}
