namespace RecordHub.Dicom.Network;

/// <summary>Titles, limits and time-outs of the requesting side.</summary>
public sealed record RequestorOptions
{
    /// <summary>Our AE title.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>The peer's AE title.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The largest P-DATA-TF that we take (sub-item 51H); 0 is no limit.</summary>
    public uint MaxPduLength { get; init; } = 64 * 1024;

    /// <summary>The largest P-DATA-TF that we send, when the peer takes as much.</summary>
    public uint MaxSentPduLength { get; init; } = 128 * 1024;

    /// <summary>How long the peer may take to answer the request for an association or for release.</summary>
    public TimeSpan AssociationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the peer may take to answer one message.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the peer may stall while we send.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest A-ASSOCIATE-AC that we take.</summary>
    public uint MaxAssociatePduLength { get; init; } = 64 * 1024;

    /// <summary>How long to wait for the peer to close after an abort.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The roles that we propose; a class that is not named here we are the SCU of (PS3.7 §D.3.3.4).</summary>
    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    /// <summary>The user identity to send; null for none.</summary>
    public UserIdentity? UserIdentity { get; init; }

    /// <summary>What a report of the peer is answered with; one that is not answered with 0000 is not given to the caller.</summary>
    /// <remarks>It throws <see cref="InstanceException"/> when the report cannot be read.</remarks>
    public Func<EventReport, NormalizedResponse> AnswerReport { get; init; } = static _ => NormalizedResponse.Success;

    /// <summary>What is asked of queries beyond the baseline (sub-item 56H); null asks for nothing.</summary>
    public QueryOptions? QueryOptions { get; init; }
}
