using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;

namespace RecordHub.Server.Security;

/// <summary>Who makes a request. Absent on the few paths that answer without a token.</summary>
public sealed record Caller(string Name, Role Role, AccessScope Scope)
{
    /// <summary>The caller of a token.</summary>
    public static Caller Of(AccessToken token) => new(token.Name, token.Role, RolePermissions.ScopeOf(token));

    /// <summary>The caller of a request, or nobody, who may see nothing.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? s_nobody;

    /// <summary>Whether the role has a permission.</summary>
    public bool May(Permission permission) => this != s_nobody && RolePermissions.Has(Role, permission);

    private static readonly Caller s_nobody = new(string.Empty, Role.Referrer, AccessScope.None);
}
