using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Who has called whom, once the association is accepted: where what it sends goes, and what it may ask.</summary>
/// <param name="Site">The calling site; null when it is unknown.</param>
/// <param name="Case">The case that the called title names; none when it names none.</param>
/// <param name="Tenant">Whose door it is: what comes in by it is this tenant's, and no other's is found.</param>
/// <param name="AeTitle">What it calls itself.</param>
public sealed record AdmittedCaller(SiteOptions? Site, CaseNumber Case, Tenant Tenant, string AeTitle)
{
    /// <summary>Where all that it sends comes from.</summary>
    public Source Source { get; } = new()
    {
        Door = Door.CStore,
        Site = Site?.Name,
        DefaultIssuer = Site?.DefaultIssuer,
        Sender = AeTitle,
        Case = Case,
        Tenant = Tenant,
    };

    /// <summary>What it may ask.</summary>
    public SiteVerbs Verbs => Site?.Verbs ?? SiteVerbs.Sender;
}
