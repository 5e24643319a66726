using RecordHub.Core.Access;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>What a caller of the DICOM door finds: filed instances of this scope, and of this site when it is named.</summary>
/// <remarks>What is held or rejected is in no case, and so in no view.</remarks>
internal sealed record QueryView(AccessScope Scope, string? Site)
{
    /// <summary>
    /// What a site sees: of its tenant's records by default what it sent itself; in one case only, when it calls the case's
    /// AE title.
    /// </summary>
    public static QueryView Of(AdmittedCaller caller)
    {
        AccessScope scope = AccessScope.Of(caller.Tenant);
        return caller.Site is not { } site
            ? new QueryView(AccessScope.None, null)
            : new QueryView(
                caller.Case.IsNone ? scope : scope.Within(caller.Case), site.Sees == SiteSight.All ? null : site.Name);
    }
}
