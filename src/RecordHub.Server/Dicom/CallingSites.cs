using System.Net;
using System.Security.Cryptography.X509Certificates;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>
/// Tells a referring site by the AE title that it calls with, and by its address and its certificate where those are
/// configured.
/// </summary>
public sealed class CallingSites(IEnumerable<SiteOptions> sites)
{
    private const int AnyAddress = -1;

    private readonly ILookup<string, SiteOptions> _byAeTitle = sites
        .Where(site => site.AeTitle is not null)
        .ToLookup(site => site.AeTitle?.Trim(' ') ?? string.Empty, StringComparer.Ordinal);

    /// <summary>
    /// The calling site; null when none is configured for this title at this address with this certificate. Several may
    /// call with one title: the one with its certificate is meant, then the one whose address says most about the caller.
    /// </summary>
    public SiteOptions? Find(string callingAeTitle, EndPoint? from, X509Certificate2? certificate = null)
    {
        IPAddress? address = from is IPEndPoint point ? CallingAddresses.Plain(point.Address) : null;
        return _byAeTitle[callingAeTitle]
            .Where(site => site.Certificate is not { } expected
                || (certificate is not null && CertificateNames.Match(expected, certificate)))
            .Select(site => (Site: site, Bits: Match(site, address)))
            .Where(match => match.Bits is not null)
            .OrderByDescending(match => match.Site.Certificate is not null)
            .ThenByDescending(match => match.Bits)
            .FirstOrDefault().Site;
    }

    /// <summary>Whether the title is one that only a certificate opens: nobody else is let in under it.</summary>
    public bool IsKept(string callingAeTitle) => _byAeTitle[callingAeTitle].Any(site => site.Certificate is not null);

    /// <summary>How many bits of the address the site's configuration names; null when it calls from elsewhere.</summary>
    private static int? Match(SiteOptions site, IPAddress? address)
    {
        if (site.CallsFrom.Count == 0)
        {
            return AnyAddress;
        }

        return address is null ? null : site.CallsFrom
            .Where(network => network.Contains(address))
            .Max(network => (int?)network.PrefixLength);
    }
}
