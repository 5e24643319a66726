namespace RecordHub.Core.Telemetry;

/// <summary>What measurements call a site: its configured name, and one word for everybody else, so that they stay few.</summary>
public sealed class SiteLabels(IEnumerable<string> sites)
{
    /// <summary>Whoever is no configured site.</summary>
    public const string Unknown = "unknown";

    private readonly HashSet<string> _sites = new(sites, StringComparer.Ordinal);

    /// <summary>No site is configured.</summary>
    public static SiteLabels None { get; } = new([]);

    /// <summary>What the site is called.</summary>
    public string Of(string? site) => site is not null && _sites.Contains(site) ? site : Unknown;
}
