using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Uploads;

/// <summary>A link with what decides whether it takes files.</summary>
/// <param name="Link">The link.</param>
/// <param name="Tenant">Whose its case is.</param>
/// <param name="Status">The status of its case, see <see cref="CaseStatus"/>.</param>
public sealed record FoundUploadLink(UploadLink Link, Tenant Tenant, string Status)
{
    /// <summary>Whether it takes files at this time.</summary>
    public bool IsOpenAt(DateTimeOffset now) => Link.IsOpenAt(now) && !CaseStatus.IsClosed(Status);
}
