using RecordHub.Core.Access;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;

namespace RecordHub.Server.Web;

/// <summary>Whose records come by a token: a site's, when the token was made for one.</summary>
public static class SendingSite
{
    /// <summary>The caller's site; null when its token is no site's. One that is not configured any more is a name alone.</summary>
    public static SiteOptions? Of(Caller caller, RecordHubOptions options)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Site is not { } name ? null : Find(name, caller.Tenant, options) ?? new SiteOptions { Name = name };
    }

    /// <summary>The configured site of that name which a token of the tenant may be for; null when there is none.</summary>
    public static SiteOptions? Find(string name, Tenant? tenant, RecordHubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Sites.FirstOrDefault(site => string.Equals(site.Name, name, StringComparison.OrdinalIgnoreCase)
            && (site.Tenant is null || tenant is null || site.Tenant == tenant));
    }
}
