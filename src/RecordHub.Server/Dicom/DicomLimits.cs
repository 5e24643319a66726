using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>What one association may ask of the DICOM door, and how long it may take.</summary>
public sealed record DicomLimits
{
    /// <summary>The most that can be set for associations and instances in flight.</summary>
    public const int MostAssociations = 100_000;

    /// <summary>The least that can be set for <c>MaxPduLength</c>.</summary>
    public const int LeastPduLength = 4096;

    /// <summary>The most that can be set for <c>MaxPduLength</c>.</summary>
    public const int MostPduLength = 16 << 20;

    /// <summary>Connections without an association in all (<c>Dicom:MaxWaiting</c>); one more, and the oldest goes.</summary>
    public int MaxWaiting { get; init; } = 1024;

    /// <summary>Connections without an association of one address (<c>Dicom:MaxWaitingPerAddress</c>).</summary>
    public int MaxWaitingPerAddress { get; init; } = 256;

    /// <summary>Instances received at a time that are not durable yet (<c>Dicom:MaxInstancesInFlight</c>).</summary>
    public int MaxInstancesInFlight { get; init; } = 64;

    /// <summary>Bytes received that are not durable yet (<c>Dicom:MaxBytesInFlight</c>); above it nothing new is begun.</summary>
    public long MaxBytesInFlight { get; init; } = 8L << 30;

    /// <summary>How long a sender is held back before it is told A700 (<c>Dicom:AdmissionSeconds</c>).</summary>
    public TimeSpan AdmissionWait { get; init; } = TimeSpan.FromSeconds(10);

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
        Services = QueryRetrieveClass.All.Select(one => one.Uid).Append(WellKnownUids.StorageCommitment).ToHashSet(),
        AdditionalAbstractSyntaxes = AdditionalSopClasses,
        AdditionalTransferSyntaxes = AdditionalTransferSyntaxes,
    };
}
