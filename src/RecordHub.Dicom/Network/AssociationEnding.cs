namespace RecordHub.Dicom.Network;

/// <summary>How an association ended.</summary>
public enum AssociationEnding
{
    /// <summary>Released by A-RELEASE: the only orderly end.</summary>
    Released,

    /// <summary>The peer connected and went away without a word.</summary>
    NothingAsked,

    /// <summary>Refused by A-ASSOCIATE-RJ.</summary>
    Rejected,

    /// <summary>The peer sent A-ABORT.</summary>
    PeerAborted,

    /// <summary>The transport ended inside the association.</summary>
    ConnectionLost,

    /// <summary>We sent A-ABORT: the peer broke the protocol.</summary>
    ProtocolViolation,

    /// <summary>We sent A-ABORT or closed: the peer was silent for too long.</summary>
    TimedOut,

    /// <summary>We sent A-ABORT: this service is stopping or gave the association up.</summary>
    Stopped,
}
