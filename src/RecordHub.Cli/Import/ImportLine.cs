using System.Text.Json.Serialization;

namespace RecordHub.Cli.Import;

/// <summary>A line of <c>import --json</c>.</summary>
internal sealed record ImportLine(string Path, string Kind, string Outcome, string Reason, string? Item, long? Case)
{
    /// <summary>Begins the warning that something of the file was not taken.</summary>
    private const string NotRead = "not-read: ";

    /// <summary>
    /// What of the file was not taken (<c>not-read: line 3 is not a FHIR resource</c>), and what contradicts the DICOMDIR of
    /// the medium: <c>not-in-dicomdir</c>, <c>disagrees-with-dicomdir</c>, <c>of-another-patient-in-dicomdir</c>.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What its sender has to hear: it was sent for a case and is somebody else's; null when it is not.</summary>
    public string? Alert { get; init; }

    /// <summary>Whether some of the file was not taken.</summary>
    [JsonIgnore]
    public bool IsPart => Warnings.Any(warning => warning.StartsWith(NotRead, StringComparison.Ordinal));

    /// <summary>The outcome only: a path may name a patient.</summary>
    public override string ToString() => Outcome;
}
