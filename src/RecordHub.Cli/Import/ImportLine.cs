namespace RecordHub.Cli.Import;

/// <summary>A line of <c>import --json</c>.</summary>
internal sealed record ImportLine(string Path, string Kind, string Outcome, string Reason, string? Item, long? Case)
{
    /// <summary>
    /// What contradicts the DICOMDIR of the medium: <c>not-in-dicomdir</c>, <c>disagrees-with-dicomdir</c>,
    /// <c>of-another-patient-in-dicomdir</c>.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What its sender has to hear: it was sent for a case and is somebody else's; null when it is not.</summary>
    public string? Alert { get; init; }

    /// <summary>The outcome only: a path may name a patient.</summary>
    public override string ToString() => Outcome;
}
