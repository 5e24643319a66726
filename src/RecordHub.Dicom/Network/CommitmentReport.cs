using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>What became of a request for storage commitment (PS3.4 §J.3.3.1).</summary>
/// <param name="TransactionUid">The request.</param>
/// <param name="Committed">Instances that are safe.</param>
/// <param name="Failed">Instances that are not, each with its Failure Reason.</param>
public sealed record CommitmentReport(
    Uid TransactionUid, IReadOnlyList<SopReference> Committed, IReadOnlyList<(SopReference Reference, ushort Reason)> Failed)
{
    /// <summary>The type only, as the lists may be long.</summary>
    public override string ToString() => nameof(CommitmentReport);
}
