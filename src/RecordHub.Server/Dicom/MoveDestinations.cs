using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Where C-MOVE may send to: the configured sites that are called. Pure.</summary>
internal static class MoveDestinations
{
    private const uint MoveDestination = 0x0000_0600;

    /// <summary>The site of the title that the request names. Of several sites with one title, the caller itself is meant.</summary>
    /// <exception cref="InstanceException">No site has the title, or nobody can tell which, or where it is (A801).</exception>
    public static SiteOptions Find(IReadOnlyList<SiteOptions> sites, AdmittedCaller caller, QueryRequest request)
    {
        string title = request.MoveDestination ?? string.Empty;
        SiteOptions[] named = [.. sites.Where(site => site.AeTitle == title && MaySend(caller, site))];
        SiteOptions? chosen = named.Length == 1 ? named[0] : named.FirstOrDefault(site => site.Name == caller.Site?.Name);
        return chosen switch
        {
            { Host: not null, Port: not null } => chosen,
            null when named.Length > 1 => throw Unknown("Several sites have this AE title here"),
            null => throw Unknown("No site has this AE title here; see Sites of the configuration"),
            _ => throw Unknown("The site of this AE title has no Host and Port here"),
        };
    }

    // What is one tenant's goes to no other's site.
    private static bool MaySend(AdmittedCaller caller, SiteOptions site) =>
        site.Tenant is not { } owner || owner == caller.Tenant;

    private static InstanceException Unknown(string comment) =>
        new(DimseStatus.MoveDestinationUnknown, comment, MoveDestination);
}
