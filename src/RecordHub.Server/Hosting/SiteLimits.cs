namespace RecordHub.Server.Hosting;

/// <summary>What one site may take of the DICOM door; null is as much as everybody.</summary>
public sealed record SiteLimits
{
    /// <summary>Associations at a time (<c>Sites:0:MaxAssociations</c>).</summary>
    public int? MaxAssociations { get; init; }

    /// <summary>The largest P-DATA-TF that we take (<c>Sites:0:MaxPduLength</c>).</summary>
    public int? MaxPduLength { get; init; }

    /// <summary>How long an association may be silent between messages (<c>Sites:0:IdleSeconds</c>).</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>Instances being received at a time (<c>Sites:0:MaxInstancesInFlight</c>).</summary>
    public int? MaxInstancesInFlight { get; init; }

    /// <summary>Bytes received and not durable yet (<c>Sites:0:MaxBytesInFlight</c>).</summary>
    public long? MaxBytesInFlight { get; init; }
}
