namespace RecordHub.Dicom.Network;

/// <summary>The thirteen states of the upper layer (PS3.8 Table 9-1 to 9-5); the value is the standard's number.</summary>
internal enum UpperLayerState
{
    /// <summary>Sta1.</summary>
    Idle = 1,

    /// <summary>Sta2: connected, no A-ASSOCIATE-RQ yet.</summary>
    AwaitingRequest = 2,

    /// <summary>Sta3: asked; we have not answered.</summary>
    AwaitingLocalAnswer = 3,

    /// <summary>Sta4: connecting.</summary>
    AwaitingTransport = 4,

    /// <summary>Sta5: we asked; no answer yet.</summary>
    AwaitingAnswer = 5,

    /// <summary>Sta6: associated.</summary>
    Established = 6,

    /// <summary>Sta7: we asked for release.</summary>
    AwaitingRelease = 7,

    /// <summary>Sta8: the peer asked for release.</summary>
    AwaitingLocalRelease = 8,

    /// <summary>Sta9: collision, requestor, our response is due.</summary>
    CollisionRequestorLocal = 9,

    /// <summary>Sta10: collision, acceptor, the peer's response is due.</summary>
    CollisionAcceptorPeer = 10,

    /// <summary>Sta11: collision, requestor, the peer's response is due.</summary>
    CollisionRequestorPeer = 11,

    /// <summary>Sta12: collision, acceptor, our response is due.</summary>
    CollisionAcceptorLocal = 12,

    /// <summary>Sta13: over; waiting for the peer to close.</summary>
    AwaitingClose = 13,
}
