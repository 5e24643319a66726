using RecordHub.Dicom.Deidentification;

namespace RecordHub.Cli.Deidentification;

/// <summary>What became of one file, without a value of it.</summary>
/// <param name="Outcome"><c>deidentified</c>, <c>refused</c> or <c>ignored</c>.</param>
/// <param name="File">Its new file below the output folder; null when there is none.</param>
/// <param name="Warnings">What a person still has to look at.</param>
internal sealed record DeidentifiedLine(
    string Path, string Outcome, string Reason, string? File, DeidentificationCounts? Counts, IReadOnlyList<string> Warnings)
{
    public const string Done = "deidentified";
    public const string Refused = "refused";
    public const string Ignored = "ignored";

    public static DeidentifiedLine Without(string path, string outcome, string reason) =>
        new(path, outcome, reason, null, null, []);

    /// <summary>The outcome only: a path may name a patient.</summary>
    public override string ToString() => Outcome;
}
