using RecordHub.Core.Access;

namespace RecordHub.Core.Completeness;

/// <summary>What the DICOM door of this process knows of who is sending. Implemented in Server.</summary>
public interface IStudyActivity
{
    /// <summary>How many open associations have lately brought one of these instances to the tenant.</summary>
    int CountOpen(Tenant tenant, IReadOnlySet<string> sopInstanceUids);
}
