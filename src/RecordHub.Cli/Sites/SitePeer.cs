using Microsoft.Extensions.Logging.Abstractions;
using RecordHub.Cli.Dicom;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Sites;

/// <summary>A configured site as a command finds and calls it.</summary>
internal static class SitePeer
{
    /// <summary>The site of that name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static SiteOptions Find(RecordHubOptions options, string name) =>
        options.Sites.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandException(
            $"There is no site {name}.",
            options.Sites.Count == 0
                ? "No site is configured yet; add it with 'recordhub site add NAME'."
                : $"Known are {string.Join(", ", options.Sites.Select(one => one.Name))}; another is added with 'recordhub site add NAME'.");

    /// <summary>The DICOM node of the site; null when it is not called by DICOM.</summary>
    public static DicomPeer? Of(SiteOptions site, RecordHubOptions ours) =>
        site is { Host: { } host, Port: { } port, AeTitle: { } title }
            ? new DicomPeer(host, port, title, ours.AeTitle) { Tls = TlsOf(site, ours) }
            : null;

    private static PeerTls? TlsOf(SiteOptions site, RecordHubOptions ours)
    {
        if (!site.Tls)
        {
            return null;
        }

        TlsCredentials credentials = new(ours, NullLogger<TlsCredentials>.Instance);
        credentials.Load();
        return credentials.ForPeer() with { Expected = site.Certificate };
    }
}
