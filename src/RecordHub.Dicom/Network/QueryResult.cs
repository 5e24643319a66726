using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The peer's last response to C-FIND, C-MOVE or C-GET.</summary>
/// <param name="Status">One of <see cref="DimseStatus"/>.</param>
/// <param name="Comment">What the peer says; null when it says nothing.</param>
/// <param name="Counts">Of the sub-operations; zero for C-FIND, and for a peer that does not count.</param>
/// <param name="FailedInstances">(0008,0058): what could not be sent, as far as the peer says.</param>
public sealed record QueryResult(
    ushort Status, string? Comment, SubOperationCounts Counts, IReadOnlyList<Uid> FailedInstances)
{
    /// <summary>Whether all was found or sent.</summary>
    public bool IsComplete => Status == DimseStatus.Success && Counts.Failed == 0;
}
