using RecordHub.Core.Access;

namespace RecordHub.Server.Security;

/// <summary>The whole of who may do what, and see which cases.</summary>
public static class RolePermissions
{
    /// <summary>Whether a role has a permission.</summary>
    public static bool Has(Role role, Permission permission) => (role, permission) switch
    {
        (Role.Administrator, _) => true,
        (Role.Coordinator, Permission.ManageTokens or Permission.Retain) => false,
        (Role.Coordinator, _) => true,
        (Role.Machine, Permission.ReadRecords or Permission.Submit) => true,
        (Role.Specialist, Permission.ReadRecords) => true,
        (Role.Referrer, Permission.Submit) => true,
        _ => false,
    };

    /// <summary>What a token may see of the cases.</summary>
    public static AccessScope ScopeOf(AccessToken token) => token.Role switch
    {
        Role.Administrator or Role.Coordinator or Role.Machine => new AccessScope { Cases = null, Tenant = token.Tenant },
        Role.Specialist => new AccessScope { Cases = token.Cases, Tenant = token.Tenant },
        _ => AccessScope.None,
    };
}
