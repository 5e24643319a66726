using System.Net;

namespace RecordHub.Server.Hosting;

/// <summary>How DICOM is spoken over TLS, both ways.</summary>
public sealed record DicomTls
{
    /// <summary>Where we listen with TLS (<c>Dicom:TlsEndpoint</c>); null when we do not.</summary>
    public IPEndPoint? Endpoint { get; init; }

    /// <summary>The file of our certificate (<c>Dicom:Certificate</c>): PEM, or PKCS #12; null when we have none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file of its key (<c>Dicom:CertificateKey</c>); null when the key is in the file of the certificate.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The password of the key (<c>Dicom:CertificatePassword</c>); null when it has none.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>Whether callers need a certificate (<c>Dicom:ClientCertificates</c>).</summary>
    public ClientCertificates ClientCertificates { get; init; } = ClientCertificates.Required;

    /// <summary>
    /// The file of the authorities that are trusted (<c>Dicom:TrustedCertificates</c>); null is nobody for callers, and
    /// the system's for those that we call.
    /// </summary>
    public string? TrustedCertificates { get; init; }

    /// <summary>How long a handshake may take (<c>Dicom:TlsHandshakeSeconds</c>).</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public override string ToString() => nameof(DicomTls);
}
