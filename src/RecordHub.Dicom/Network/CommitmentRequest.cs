using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>What a peer asks to be committed (PS3.4 §J.3.2.1).</summary>
public sealed record CommitmentRequest(Uid TransactionUid, IReadOnlyList<SopReference> References)
{
    /// <summary>The type only, as the list may be long.</summary>
    public override string ToString() => nameof(CommitmentRequest);
}
