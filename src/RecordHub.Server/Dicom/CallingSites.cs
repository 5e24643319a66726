using System.Net;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Tells a referring site by the AE title that it calls with, and by its address where one is configured.</summary>
public sealed class CallingSites(IEnumerable<SiteOptions> sites)
{
    private readonly ILookup<string, SiteOptions> _byAeTitle = sites
        .Where(site => site.AeTitle is not null)
        .ToLookup(site => site.AeTitle?.Trim(' ') ?? string.Empty, StringComparer.Ordinal);

    /// <summary>The calling site; null when none is configured for this title at this address.</summary>
    public SiteOptions? Find(string callingAeTitle, EndPoint? from) =>
        _byAeTitle[callingAeTitle].FirstOrDefault(site => CallsFrom(site, from));

    private static bool CallsFrom(SiteOptions site, EndPoint? from)
    {
        // A name instead of an address is for calling the site, and says nothing about where it calls from.
        if (!IPAddress.TryParse(site.Address, out IPAddress? expected))
        {
            return true;
        }

        return from is IPEndPoint { Address: var actual } && expected.MapToIPv6().Equals(actual.MapToIPv6());
    }
}
