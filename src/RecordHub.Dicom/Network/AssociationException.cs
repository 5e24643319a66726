namespace RecordHub.Dicom.Network;

/// <summary>The association cannot go on. Becomes A-ABORT unless the peer is gone already (PS3.8 §9.3.8).</summary>
public sealed class AssociationException : Exception
{
    /// <summary>The peer broke the protocol; it is told <paramref name="reason"/>.</summary>
    public AssociationException(AbortReason reason)
        : this(AssociationEnding.ProtocolViolation, reason)
    {
    }

    /// <summary>The association ended in the named way.</summary>
    public AssociationException(AssociationEnding ending, AbortReason reason = AbortReason.NotSpecified)
        : base($"The association ended: {ending} ({reason}).")
    {
        Ending = ending;
        Reason = reason;
    }

    /// <summary>The transport failed with <paramref name="cause"/>.</summary>
    public AssociationException(AssociationEnding ending, Exception cause)
        : base($"The association ended: {ending}.", cause)
    {
        Ending = ending;
    }

    /// <summary>The peer refused the association.</summary>
    public AssociationException(AssociationRejection rejection)
        : base($"The peer rejected the association: {rejection}.")
    {
        Ending = AssociationEnding.Rejected;
        Rejection = rejection;
    }

    /// <summary>How the association ended.</summary>
    public AssociationEnding Ending { get; }

    /// <summary>The reason on the wire: sent by us, or received when <see cref="AssociationEnding.PeerAborted"/>.</summary>
    public AbortReason Reason { get; }

    /// <summary>The peer's refusal, when it refused.</summary>
    public AssociationRejection? Rejection { get; }

    /// <summary>Who ends it. Even in state 2, where the table's AA-1 says the user, a violation is told with its reason.</summary>
    internal AbortSource AbortSource => Ending == AssociationEnding.Stopped ? AbortSource.User : AbortSource.Provider;

    /// <summary>
    /// Whether the peer may still be there to be told by A-ABORT. A half-close is a lost connection without a cause.
    /// </summary>
    internal bool PeerIsToBeTold => Ending switch
    {
        AssociationEnding.ProtocolViolation or AssociationEnding.TimedOut or AssociationEnding.Stopped => true,
        AssociationEnding.ConnectionLost => InnerException is null,
        _ => false,
    };
}
