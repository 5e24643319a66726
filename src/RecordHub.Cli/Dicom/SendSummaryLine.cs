namespace RecordHub.Cli.Dicom;

/// <summary>The last line of <c>send --json</c>.</summary>
internal sealed record SendSummaryLine(SendSummary Summary);

/// <summary>How many instances there are of each outcome.</summary>
internal sealed record SendSummary(int Stored, int Warned, int StoredBefore, int Refused, int Unanswered, int Unsent);
