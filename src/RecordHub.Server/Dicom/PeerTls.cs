using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RecordHub.Server.Dicom;

/// <summary>How a node is called over TLS. Nothing set: without a certificate of ours, trusting the system's authorities.</summary>
public sealed record PeerTls
{
    /// <summary>Our certificate; null when we have none to show.</summary>
    public SslStreamCertificateContext? Own { get; init; }

    /// <summary>The authorities that are trusted; null takes the system's.</summary>
    public X509Certificate2Collection? Trusted { get; init; }

    /// <summary>
    /// What the node's certificate has to be: its SHA-256 fingerprint, subject, or a name in it. Null: one with the name of
    /// the host that is called.
    /// </summary>
    public string? Expected { get; init; }

    /// <summary>How long the handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal SslClientAuthenticationOptions For(string host) => new()
    {
        TargetHost = host,
        ClientCertificateContext = Own,
        EnabledSslProtocols = TlsPolicy.Versions,
        CipherSuitesPolicy = TlsPolicy.Suites,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Trusted is { } trusted ? ChainTo(trusted) : null,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsExpected(certificate, errors),
    };

    private bool IsExpected(X509Certificate? certificate, SslPolicyErrors errors) => Expected is null
        ? errors == SslPolicyErrors.None
        : (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
            && certificate is X509Certificate2 shown && CertificateNames.Match(Expected, shown);

    internal static X509ChainPolicy ChainTo(X509Certificate2Collection trusted)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(trusted);
        return policy;
    }
}
