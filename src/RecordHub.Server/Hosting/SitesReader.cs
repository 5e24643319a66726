using System.Net;
using RecordHub.Core.Access;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Hosting;

/// <summary>Reads the sites, and refuses those of which a caller could be two. Pure.</summary>
internal static class SitesReader
{
    private const string AddressAllowed =
        "addresses or networks separated by commas, such as 192.0.2.7 or 10.1.0.0/16";

    private const string HostAllowed = "a host name or an address";
    private const string VerbNames = "a list of echo, store, commit, find, move and get, separated by commas, or none";

    public static IReadOnlyList<SiteOptions> Read(Settings settings)
    {
        List<SiteOptions> sites = [];
        foreach (string index in settings.Items("Sites"))
        {
            string prefix = $"Sites:{index}:";
            SiteOptions site = ReadOne(settings, prefix);
            if (sites.Any(other => string.Equals(other.Name, site.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw Settings.Wrong(prefix + "Name", site.Name, "a name that no other site has");
            }

            if (sites.Find(other => AreAlike(other, site)) is { } twin)
            {
                throw Settings.Wrong(
                    prefix + "AeTitle", site.AeTitle ?? string.Empty,
                    $"a title that site {twin.Name} does not call from at the same Address");
            }

            sites.Add(site);
        }

        return sites;
    }

    private static SiteOptions ReadOne(Settings settings, string prefix)
    {
        string name = settings.Text(prefix + "Name")
            ?? throw new StartRefusedException($"The setting {prefix}Name is missing: every site has a name.");
        (IReadOnlyList<IPNetwork> callsFrom, string? called) = Address(settings, prefix + "Address");
        int port = settings.Number(prefix + "Port", 0, 1, 65_535);
        string? host = settings.Matching(prefix + "Host", HostAllowed, IsHost) ?? called;
        string? title = OptionsReader.AeTitle(settings, prefix + "AeTitle")?.Trim(' ');
        return new SiteOptions
        {
            Name = name,
            AeTitle = title,
            CallsFrom = callsFrom,
            Host = host,
            Port = port == 0 ? null : host is not null ? port : throw new StartRefusedException(
                $"The setting {prefix}Port is {port}, but no {prefix}Host says where: set it to {HostAllowed}."),
            MoveDestination = OptionsReader.AeTitle(settings, prefix + "MoveDestination")?.Trim(' '),
            PullEvery = SiteTermsReader.PullEvery(settings, prefix, isNode: title is not null && port > 0),
            FhirUrl = OptionsReader.Web(settings, prefix + "FhirUrl"),
            DicomWebUrl = OptionsReader.Web(settings, prefix + "DicomWebUrl"),
            Verbs = Verbs(settings, prefix + "Verbs"),
            Sees = settings.Matching(prefix + "Sees", "own or all", IsSight) is { } sight
                ? Enum.Parse<SiteSight>(sight, ignoreCase: true) : SiteSight.Own,
            Tenant = settings.Matching(prefix + "Tenant", Tenant.Allowed, text => Tenant.TryParse(text, out _)) is { } tenant
                ? Tenant.Parse(tenant) : null,
            Certificate = settings.Matching(prefix + "Certificate", CertificateNames.Allowed, CertificateNames.IsExpectation),
            Tls = settings.Flag(prefix + "Tls", false),
            User = SiteTermsReader.User(settings, prefix),
            Limits = SiteTermsReader.Limits(settings, prefix),
            DefaultIssuer = settings.Text(prefix + "DefaultIssuer"),
        };
    }

    /// <summary>
    /// Where it calls from, and where it is called when nothing else says so. A name is for calling out alone: what it
    /// resolves to is the resolver's word, and no proof of who calls.
    /// </summary>
    private static (IReadOnlyList<IPNetwork> CallsFrom, string? Called) Address(Settings settings, string key)
    {
        string? text = settings.Text(key);
        if (text is null)
        {
            return ([], null);
        }

        if (CallingAddresses.TryParse(text, out IReadOnlyList<IPNetwork> networks))
        {
            return (networks, CallingAddresses.Only(networks)?.ToString());
        }

        return IsName(text) ? ([], text) : throw Settings.Wrong(key, text, $"{AddressAllowed}, or a host name to call");
    }

    private static SiteVerbs Verbs(Settings settings, string key)
    {
        string? text = settings.Text(key);
        if (text is null)
        {
            return SiteVerbs.Sender;
        }

        SiteVerbs verbs = SiteVerbs.None;
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            verbs |= name.ToLowerInvariant() switch
            {
                "echo" => SiteVerbs.Echo,
                "store" => SiteVerbs.Store,
                "commit" => SiteVerbs.Commit,
                "find" => SiteVerbs.Find,
                "move" => SiteVerbs.Move,
                "get" => SiteVerbs.Get,
                "none" when names.Length == 1 => SiteVerbs.None,
                _ => throw Settings.Wrong(key, text, VerbNames),
            };
        }

        return verbs;
    }

    private static bool AreAlike(SiteOptions a, SiteOptions b) => a.AeTitle is not null && a.AeTitle == b.AeTitle
        && string.Equals(a.Certificate, b.Certificate, StringComparison.OrdinalIgnoreCase)
        && (a.CallsFrom.Count == 0 ? b.CallsFrom.Count == 0 : a.CallsFrom.Intersect(b.CallsFrom).Any());

    private static bool IsSight(string text) => text.ToLowerInvariant() is "own" or "all";

    private static bool IsHost(string text) => IPAddress.TryParse(text, out _) || IsName(text);

    // All of digits and dots, it was meant to be an address.
    private static bool IsName(string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Dns && text.Any(char.IsAsciiLetter);
}
