namespace RecordHub.Dicom.Network;

/// <summary>The nineteen events of the upper layer (PS3.8 Table 9-10); the value is the standard's number.</summary>
internal enum UpperLayerEvent
{
    AssociateRequested = 1,
    TransportConfirmed = 2,
    AssociateAcceptReceived = 3,
    AssociateRejectReceived = 4,
    TransportIndicated = 5,
    AssociateRequestReceived = 6,
    AssociateAccepted = 7,
    AssociateRejected = 8,
    DataRequested = 9,
    DataReceived = 10,
    ReleaseRequested = 11,
    ReleaseRequestReceived = 12,
    ReleaseResponseReceived = 13,
    ReleaseAnswered = 14,
    AbortRequested = 15,
    AbortReceived = 16,
    TransportClosed = 17,
    ArtimExpired = 18,
    InvalidPduReceived = 19,
}
