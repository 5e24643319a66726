using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Limits and time-outs of the accepting side.</summary>
public sealed record AcceptorOptions
{
    /// <summary>The largest P-DATA-TF that we take, told to the peer (sub-item 51H); 0 is no limit.</summary>
    public uint MaxPduLength { get; init; } = 256 * 1024;

    /// <summary>The largest P-DATA-TF that we send, when the peer takes as much.</summary>
    public uint MaxSentPduLength { get; init; } = 64 * 1024;

    /// <summary>The largest A-ASSOCIATE PDU that we take; bounds what a connection costs before it is associated.</summary>
    public uint MaxAssociatePduLength { get; init; } = 60 * 1024;

    /// <summary>How long a new connection may take to ask for its association (ARTIM, PS3.8 §9.1.5).</summary>
    public TimeSpan Artim { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long we wait for the peer to close after the association (ARTIM in state 13).</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an association may be silent between messages.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a peer may stall inside a message, sending or receiving.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message under way may take to finish once the service is stopping.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most operations that a peer may have outstanding (sub-item 53H).</summary>
    public ushort MaxOperationsInvoked { get; init; } = 64;

    /// <summary>
    /// SOP classes of other services that the handler serves. Their data sets are read and written here, so that they are
    /// taken in the native little endian syntaxes only.
    /// </summary>
    public IReadOnlySet<Uid> Services { get; init; } = new HashSet<Uid>();

    /// <summary>Those of <see cref="Services"/> whose reports the handler takes: the peer may be their SCP.</summary>
    public IReadOnlySet<Uid> ReportsTaken { get; init; } = new HashSet<Uid>();

    /// <summary>Private abstract syntaxes that are stored too.</summary>
    public IReadOnlySet<Uid> AdditionalAbstractSyntaxes { get; init; } = new HashSet<Uid>();

    /// <summary>Private transfer syntaxes that are taken too.</summary>
    public IReadOnlySet<Uid> AdditionalTransferSyntaxes { get; init; } = new HashSet<Uid>();
}
