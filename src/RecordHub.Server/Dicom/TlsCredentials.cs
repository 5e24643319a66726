using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Our certificate and those that we trust, read again when their files change: no restart to renew them.</summary>
public sealed partial class TlsCredentials(RecordHubOptions options, ILogger<TlsCredentials> logger)
{
    private readonly DicomTls _tls = options.DicomTls;
    private readonly Lock _lock = new();
    private Loaded? _loaded;

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="StartRefusedException">They cannot be used; the message says what is wrong.</exception>
    public void Load()
    {
        try
        {
            _loaded = Read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The files of Dicom:Certificate ({_tls.Certificate}), Dicom:CertificateKey and Dicom:TrustedCertificates "
                + $"({_tls.TrustedCertificates}) cannot be used: {e.Message}", e);
        }
    }

    /// <summary>What a handshake with a caller needs, as the files are now.</summary>
    public SslServerAuthenticationOptions ForCaller()
    {
        Loaded current = Current();
        bool asked = _tls.ClientCertificates != ClientCertificates.Off;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = current.Own,
            EnabledSslProtocols = TlsPolicy.Versions,
            CipherSuitesPolicy = TlsPolicy.Suites,
            ClientCertificateRequired = asked,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = asked && current.Trusted is { } trusted ? PeerTls.ChainTo(trusted) : null,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTaken(certificate, errors),
        };
    }

    /// <summary>What a handshake with a node that we call needs, as the files are now.</summary>
    public PeerTls ForPeer()
    {
        Loaded current = Current();
        return new PeerTls { Own = current.Own, Trusted = current.Trusted, HandshakeTimeout = _tls.HandshakeTimeout };
    }

    private bool IsTaken(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || _tls.ClientCertificates == ClientCertificates.Off
            || (certificate is null && _tls.ClientCertificates == ClientCertificates.Optional))
        {
            return true;
        }

        Log.Untrusted(logger, certificate?.Subject ?? "(no certificate)", errors);
        return false;
    }

    private Loaded Current()
    {
        lock (_lock)
        {
            string stamp = Stamp();
            if (_loaded?.Stamp != stamp)
            {
                try
                {
                    _loaded = Read();
                    Log.Read(logger);
                }
                catch (Exception e) when (_loaded is not null
                    && e is CryptographicException or IOException or UnauthorizedAccessException)
                {
                    // Half-written, or wrong: the old one serves until the files change again.
                    Log.Unreadable(logger, e);
                    _loaded = _loaded with { Stamp = stamp };
                }
            }

            return _loaded;
        }
    }

    private Loaded Read() => new(
        Stamp(),
        _tls.Certificate is { } own ? CertificateFile.ReadOwn(own, _tls.CertificateKey, _tls.CertificatePassword) : null,
        _tls.TrustedCertificates is { } trusted ? CertificateFile.ReadTrusted(trusted) : null);

    private string Stamp() => string.Join('|', new[] { _tls.Certificate, _tls.CertificateKey, _tls.TrustedCertificates }
        .OfType<string>().Select(path => new FileInfo(path)).Select(file => file.Exists
            ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : "gone"));

    private sealed record Loaded(string Stamp, SslStreamCertificateContext? Own, X509Certificate2Collection? Trusted);

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Warning, "TLS: the certificate of {Subject} is not trusted ({Errors}); see Dicom:TrustedCertificates and Dicom:ClientCertificates")]
        public static partial void Untrusted(ILogger logger, string subject, SslPolicyErrors errors);

        [LoggerMessage(1021, LogLevel.Information, "TLS: the certificates were read again")]
        public static partial void Read(ILogger logger);

        [LoggerMessage(1022, LogLevel.Error, "TLS: the changed certificates cannot be used; the old ones serve on")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}
