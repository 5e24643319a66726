using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Server.Hosting;

/// <summary>One more AE title that we are called by (<c>Dicom:Aliases:0:AeTitle</c>): a tenant's, or a case's.</summary>
/// <param name="AeTitle">The title.</param>
/// <param name="Tenant">Whose door it is; null when it is a case's.</param>
/// <param name="Case">The case that it names; none when it is a tenant's.</param>
public sealed record CalledAlias(string AeTitle, Tenant? Tenant, CaseNumber Case);
