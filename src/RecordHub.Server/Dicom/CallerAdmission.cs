using RecordHub.Core.Access;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Decides who may call whom (PS3.8 §9.3.4).</summary>
public sealed class CallerAdmission(RecordHubOptions options, CallingSites sites, TenantOfCase tenantOf)
{
    /// <summary>The caller, or why it is rejected.</summary>
    public async ValueTask<(AdmittedCaller? Caller, AssociationRejection Rejection)> DecideAsync(
        AssociationRequest request, DicomCaller from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(from);
        if (AeTitles.Find(request.CalledAeTitle, options) is not { } called)
        {
            return (null, AssociationRejection.CalledAeTitle);
        }

        SiteOptions? site = sites.Find(request.CallingAeTitle, from.Address, from.Certificate);
        if (site is null && (!options.AcceptUnknownCallers || sites.IsKept(request.CallingAeTitle)))
        {
            return (null, AssociationRejection.CallingAeTitle);
        }

        // Another tenant's door does not exist for this caller.
        if (site?.Tenant is { } own && called.Tenant is { } owner && own != owner)
        {
            return (null, AssociationRejection.CalledAeTitle);
        }

        if (!SiteUsers.Accepts(site?.User, request.UserIdentity))
        {
            return (null, AssociationRejection.NoReason);
        }

        Tenant tenant = site?.Tenant ?? called.Tenant ?? await OfCaseAsync(site, called, cancellationToken).ConfigureAwait(false);
        return (new AdmittedCaller(site, called.Case, tenant, request.CallingAeTitle), default);
    }

    // A site of no tenant sends to whose case it names; to one that has a tenant, a case of another is no case. Who is
    // unknown names nobody's case but the default tenant's.
    private async ValueTask<Tenant> OfCaseAsync(SiteOptions? site, CalledAlias called, CancellationToken cancellationToken) =>
        site is null || called.Case.IsNone
            ? Tenant.Default
            : await tenantOf(called.Case, cancellationToken).ConfigureAwait(false) ?? Tenant.Default;
}
