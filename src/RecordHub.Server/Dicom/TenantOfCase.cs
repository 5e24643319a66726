using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Server.Dicom;

/// <summary>Whose case it is; null when there is no such case.</summary>
public delegate Task<Tenant?> TenantOfCase(CaseNumber number, CancellationToken cancellationToken);
