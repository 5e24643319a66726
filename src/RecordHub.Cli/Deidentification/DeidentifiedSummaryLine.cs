namespace RecordHub.Cli.Deidentification;

/// <summary>The last line of <c>dicom deidentify --json</c>.</summary>
internal sealed record DeidentifiedSummaryLine(IReadOnlyDictionary<string, int> Summary, int Patients);
