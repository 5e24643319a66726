using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>What one association may ask of the DICOM door, and how long it may take.</summary>
public sealed record DicomLimits
{
    /// <summary>The largest P-DATA-TF that we take (<c>Dicom:MaxPduLength</c>).</summary>
    public int MaxPduLength { get; init; } = 256 * 1024;

    /// <summary>How long a connection may take to ask for its association (<c>Dicom:ArtimSeconds</c>).</summary>
    public TimeSpan Artim { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an association may be silent between messages (<c>Dicom:IdleSeconds</c>).</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a peer may stall inside a message (<c>Dicom:StallSeconds</c>).</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message under way may take once the service is stopping (<c>Dicom:StopGraceSeconds</c>).</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Private SOP classes that are stored too (<c>Dicom:AdditionalSopClasses</c>, separated by spaces).</summary>
    public IReadOnlySet<Uid> AdditionalSopClasses { get; init; } = new HashSet<Uid>();

    /// <summary>Private transfer syntaxes that are taken too (<c>Dicom:AdditionalTransferSyntaxes</c>).</summary>
    public IReadOnlySet<Uid> AdditionalTransferSyntaxes { get; init; } = new HashSet<Uid>();

    /// <summary>What the network room is told.</summary>
    public AcceptorOptions ToAcceptorOptions() => new()
    {
        MaxPduLength = (uint)MaxPduLength,
        Artim = Artim,
        IdleTimeout = Idle,
        StallTimeout = Stall,
        StopGrace = StopGrace,
        Services = new HashSet<Uid> { WellKnownUids.StorageCommitment },
        AdditionalAbstractSyntaxes = AdditionalSopClasses,
        AdditionalTransferSyntaxes = AdditionalTransferSyntaxes,
    };
}
