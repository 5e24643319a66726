namespace RecordHub.Dicom.Network;

/// <summary>The seven protocol data units of the upper layer (PS3.8 §9.3.1).</summary>
internal enum PduType : byte
{
    AssociateRequest = 1,
    AssociateAccept = 2,
    AssociateReject = 3,
    DataTransfer = 4,
    ReleaseRequest = 5,
    ReleaseResponse = 6,
    Abort = 7,
}
