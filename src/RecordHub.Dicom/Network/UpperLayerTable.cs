using static RecordHub.Dicom.Network.UpperLayerAction;
using static RecordHub.Dicom.Network.UpperLayerEvent;
using static RecordHub.Dicom.Network.UpperLayerState;

namespace RecordHub.Dicom.Network;

/// <summary>The state transition table of the upper layer (PS3.8 Table 9-10), row by row.</summary>
internal static class UpperLayerTable
{
    /// <summary>What to do, and where to go.</summary>
    /// <param name="state">Where we are.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="isRequestor">Decides AR-8, the release collision.</param>
    /// <exception cref="InvalidOperationException">An empty cell: our own mistake, the peer cannot cause it.</exception>
    public static (UpperLayerAction Action, UpperLayerState Next) On(
        UpperLayerState state, UpperLayerEvent happened, bool isRequestor) => (happened, state) switch
        {
            (AssociateRequested, Idle) => (Ae1, AwaitingTransport),
            (TransportConfirmed, AwaitingTransport) => (Ae2, AwaitingAnswer),
            (TransportIndicated, Idle) => (Ae5, AwaitingRequest),

            (AssociateAcceptReceived, AwaitingAnswer) => (Ae3, Established),
            (AssociateRejectReceived, AwaitingAnswer) => (Ae4, Idle),
            (AssociateRequestReceived, AwaitingRequest) => (Ae6, AwaitingLocalAnswer),
            (AssociateRequestReceived, AwaitingClose) => (Aa7, AwaitingClose),
            (AssociateAccepted, AwaitingLocalAnswer) => (Ae7, Established),
            (AssociateRejected, AwaitingLocalAnswer) => (Ae8, AwaitingClose),

            (DataRequested, Established) => (Dt1, Established),
            (DataRequested, AwaitingLocalRelease) => (Ar7, AwaitingLocalRelease),
            (DataReceived, Established) => (Dt2, Established),
            (DataReceived, AwaitingRelease) => (Ar6, AwaitingRelease),

            (ReleaseRequested, Established) => (Ar1, AwaitingRelease),
            (ReleaseRequestReceived, Established) => (Ar2, AwaitingLocalRelease),
            (ReleaseRequestReceived, AwaitingRelease) =>
                (Ar8, isRequestor ? CollisionRequestorLocal : CollisionAcceptorPeer),
            (ReleaseResponseReceived, AwaitingRelease) => (Ar3, Idle),
            (ReleaseResponseReceived, CollisionAcceptorPeer) => (Ar10, CollisionAcceptorLocal),
            (ReleaseResponseReceived, CollisionRequestorPeer) => (Ar3, Idle),
            (ReleaseAnswered, AwaitingLocalRelease) => (Ar4, AwaitingClose),
            (ReleaseAnswered, CollisionRequestorLocal) => (Ar9, CollisionRequestorPeer),
            (ReleaseAnswered, CollisionAcceptorLocal) => (Ar4, AwaitingClose),

            (AbortRequested, AwaitingTransport) => (Aa2, Idle),
            (AbortRequested, AwaitingLocalAnswer or >= AwaitingAnswer and < AwaitingClose) => (Aa1, AwaitingClose),
            (AbortReceived, AwaitingRequest or AwaitingClose) => (Aa2, Idle),
            (AbortReceived, AwaitingLocalAnswer or >= AwaitingAnswer and < AwaitingClose) => (Aa3, Idle),

            (TransportClosed, AwaitingRequest) => (Aa5, Idle),
            (TransportClosed, AwaitingClose) => (Ar5, Idle),
            (TransportClosed, >= AwaitingLocalAnswer and < AwaitingClose) => (Aa4, Idle),

            (ArtimExpired, AwaitingRequest or AwaitingClose) => (Aa2, Idle),
            (InvalidPduReceived, AwaitingClose) => (Aa7, AwaitingClose),

            // A PDU that none of the rows above expects.
            (_, AwaitingRequest) when IsReceived(happened) => (Aa1, AwaitingClose),
            (_, AwaitingClose) when IsReceived(happened) => (Aa6, AwaitingClose),
            (_, AwaitingLocalAnswer or >= AwaitingAnswer and < AwaitingClose) when IsReceived(happened) =>
                (Aa8, AwaitingClose),

            _ => throw new InvalidOperationException($"{happened} cannot happen in state {state}."),
        };

    /// <summary>The event that a PDU is.</summary>
    public static UpperLayerEvent EventOf(PduType type) => type switch
    {
        PduType.AssociateRequest => AssociateRequestReceived,
        PduType.AssociateAccept => AssociateAcceptReceived,
        PduType.AssociateReject => AssociateRejectReceived,
        PduType.DataTransfer => DataReceived,
        PduType.ReleaseRequest => ReleaseRequestReceived,
        PduType.ReleaseResponse => ReleaseResponseReceived,
        PduType.Abort => AbortReceived,
        _ => InvalidPduReceived,
    };

    private static bool IsReceived(UpperLayerEvent happened) => happened is AssociateAcceptReceived
        or AssociateRejectReceived or AssociateRequestReceived or DataReceived or ReleaseRequestReceived
        or ReleaseResponseReceived or AbortReceived or InvalidPduReceived;
}
