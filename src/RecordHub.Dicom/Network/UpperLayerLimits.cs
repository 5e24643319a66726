namespace RecordHub.Dicom.Network;

/// <summary>What one side takes, and how long it waits.</summary>
/// <param name="MaxDataPdu">The largest P-DATA-TF taken; 0 is no limit.</param>
/// <param name="MaxSentPdu">The largest P-DATA-TF sent.</param>
/// <param name="MaxAssociatePdu">The largest A-ASSOCIATE PDU taken.</param>
/// <param name="Stall">How long the peer may stall inside a message.</param>
/// <param name="Close">How long to wait for the peer to close.</param>
internal sealed record UpperLayerLimits(
    uint MaxDataPdu, uint MaxSentPdu, uint MaxAssociatePdu, TimeSpan Stall, TimeSpan Close);
