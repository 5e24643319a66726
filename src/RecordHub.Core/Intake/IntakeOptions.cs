using RecordHub.Core.Telemetry;

namespace RecordHub.Core.Intake;

/// <summary>Limits of the one door.</summary>
public sealed record IntakeOptions
{
    /// <summary>The longest item that is taken, in bytes; a longer one is refused and nothing of it is kept.</summary>
    public long MaxLength { get; init; } = 64L << 30;

    /// <summary>What measurements call the sites.</summary>
    public SiteLabels Sites { get; init; } = SiteLabels.None;
}
