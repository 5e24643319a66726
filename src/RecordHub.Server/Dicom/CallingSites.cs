using System.Net;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Tells a referring site by the AE title that it calls with, and by its address where one is configured.</summary>
public sealed class CallingSites(IEnumerable<SiteOptions> sites)
{
    private const int AnyAddress = -1;

    private readonly ILookup<string, SiteOptions> _byAeTitle = sites
        .Where(site => site.AeTitle is not null)
        .ToLookup(site => site.AeTitle?.Trim(' ') ?? string.Empty, StringComparer.Ordinal);

    /// <summary>
    /// The calling site; null when none is configured for this title at this address. Several may call with one title:
    /// the one whose address says most about the caller is meant.
    /// </summary>
    public SiteOptions? Find(string callingAeTitle, EndPoint? from)
    {
        IPAddress? address = from is IPEndPoint point ? CallingAddresses.Plain(point.Address) : null;
        return _byAeTitle[callingAeTitle]
            .Select(site => (Site: site, Bits: Match(site, address)))
            .Where(match => match.Bits is not null)
            .OrderByDescending(match => match.Bits)
            .FirstOrDefault().Site;
    }

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
