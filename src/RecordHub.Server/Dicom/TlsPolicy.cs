using System.Net.Security;
using System.Security.Authentication;

namespace RecordHub.Server.Dicom;

/// <summary>
/// What is spoken over TLS, on both sides: the BCP 195 profiles of the standard (PS3.15 B.12 and B.13, RFC 9325). Forward
/// secrecy and authenticated encryption only.
/// </summary>
public static class TlsPolicy
{
    /// <summary>TLS 1.3 where the peer has it, else 1.2; nothing older (RFC 8996).</summary>
    public const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The port that the standard suggests for DICOM over TLS.</summary>
    public const int SuggestedPort = 2762;

    /// <summary>The cipher suites, in the order of our preference.</summary>
    public static IReadOnlyList<TlsCipherSuite> CipherSuites { get; } =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    /// <summary>The suites as the system takes them; null where the system's own policy rules (Windows).</summary>
    internal static CipherSuitesPolicy? Suites { get; } =
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? new CipherSuitesPolicy(CipherSuites) : null;
}
