namespace RecordHub.Dicom.Network;

/// <summary>The answer to a request for an association.</summary>
public abstract record AssociationDecision
{
    private AssociationDecision()
    {
    }

    /// <summary>Accepted without more.</summary>
    public static AssociationDecision Accept { get; } = new Accepted();

    /// <summary>Refused, and why.</summary>
    public static AssociationDecision Reject(AssociationRejection rejection) => new Rejected(rejection);

    /// <summary>Accepted.</summary>
    /// <param name="UserIdentityResponse">
    /// The server response of sub-item 59H; sent only when the peer asked for one. Empty for user name and passcode.
    /// </param>
    public sealed record Accepted(ReadOnlyMemory<byte>? UserIdentityResponse = null) : AssociationDecision
    {
        /// <summary>Ids of the proposed contexts that policy refuses to this caller: answered by user-rejection.</summary>
        public IReadOnlySet<byte> RefusedContexts { get; init; } = new HashSet<byte>();

        /// <summary>This caller's own limits; null when it has none.</summary>
        public AssociationLimits? Limits { get; init; }

        /// <inheritdoc />
        public override string ToString() => nameof(Accepted);
    }

    /// <summary>Refused by A-ASSOCIATE-RJ.</summary>
    public sealed record Rejected(AssociationRejection Rejection) : AssociationDecision;
}
