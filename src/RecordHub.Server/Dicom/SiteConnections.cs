using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Opens connections to sites: with our certificate and over TLS where a site is called so.</summary>
public sealed class SiteConnections(TlsCredentials credentials)
{
    /// <summary>Connects to the site's <c>Host</c> and <c>Port</c>.</summary>
    /// <exception cref="PeerUnreachableException">Nobody answers there, or it is not the site.</exception>
    /// <exception cref="InvalidOperationException">The site has no host and port: it is not one that is called.</exception>
    public Task<PeerConnection> OpenAsync(SiteOptions site, CancellationToken cancellationToken) =>
        site is { Host: { } host, Port: { } port }
            ? PeerConnection.OpenAsync(
                host, port, site.Tls ? credentials.ForPeer() with { Expected = site.Certificate } : null, cancellationToken)
            : throw new InvalidOperationException("The site has no Host and Port to be called at.");
}
