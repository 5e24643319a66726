namespace RecordHub.Dicom.Network;

/// <summary>One caller's own limits, known once it has said who it is. Null: as for everybody.</summary>
/// <param name="MaxPduLength">The largest P-DATA-TF that we take from it (sub-item 51H of the answer).</param>
/// <param name="IdleTimeout">How long its association may be silent between messages.</param>
public sealed record AssociationLimits(uint? MaxPduLength, TimeSpan? IdleTimeout);
