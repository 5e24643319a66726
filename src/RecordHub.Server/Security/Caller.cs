using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;

namespace RecordHub.Server.Security;

/// <summary>Who makes a request. Absent on the few paths that answer without a token.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Tenant">Whose token it is; null for an administrator of all tenants.</param>
/// <param name="Scope">What it may see.</param>
/// <param name="Site">The referring site whose records come by it; null when it is no site's.</param>
/// <param name="Scopes">What it is for, of a token with scopes; null of all others.</param>
public sealed record Caller(
    string Id, string Name, Role Role, Tenant? Tenant, AccessScope Scope, string? Site = null,
    ScopeSet? Scopes = null)
{
    /// <summary>The caller of a token.</summary>
    public static Caller Of(AccessToken token) => new(
        token.Id, token.Name, token.Role, token.Tenant, RolePermissions.ScopeOf(token), token.Site);

    /// <summary>The caller of a request, or nobody, who may see nothing.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? s_nobody;

    /// <summary>Where what it sends may go: to its tenant's cases, whether or not it may read them.</summary>
    public AccessScope SubmissionScope => Tenant is { } tenant ? AccessScope.Of(tenant) : AccessScope.All;

    /// <summary>Whether the role has a permission.</summary>
    public bool May(Permission permission) => this != s_nobody && RolePermissions.Has(Role, permission);

    private static readonly Caller s_nobody = new(string.Empty, string.Empty, Role.Referrer, Core.Access.Tenant.Default, AccessScope.None);
}
