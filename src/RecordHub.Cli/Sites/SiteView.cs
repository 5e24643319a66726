using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Sites;

/// <summary>A referring site, as commands print it.</summary>
internal sealed record SiteView(
    string Name, string? AeTitle, IReadOnlyList<string> CallsFrom, string? Host, int? Port, bool Tls, string? Certificate, string? FhirUrl,
    string? DicomWebUrl, IReadOnlyList<string> Verbs, string Sees, string? Tenant, string? DefaultIssuer,
    string? MoveDestination, long? PullSeconds)
{
    public static SiteView Of(SiteOptions site) => new(
        site.Name, site.AeTitle, [.. site.CallsFrom.Select(network => network.ToString())], site.Host, site.Port, site.Tls, site.Certificate,
        site.FhirUrl?.ToString(), site.DicomWebUrl?.ToString(), VerbsOf(site.Verbs),
        site.Sees.ToString().ToLowerInvariant(), site.Tenant?.ToString(), site.DefaultIssuer, site.MoveDestination,
        (long?)site.PullEvery?.TotalSeconds);

    private static IReadOnlyList<string> VerbsOf(SiteVerbs verbs) =>
    [
        .. Enum.GetValues<SiteVerbs>()
            .Where(verb => int.PopCount((int)verb) == 1 && verbs.HasFlag(verb))
            .Select(verb => verb.ToString().ToLowerInvariant()),
    ];
}
