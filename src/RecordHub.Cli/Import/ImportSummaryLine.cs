namespace RecordHub.Cli.Import;

/// <summary>The last line of <c>import --json</c>: how many records had each outcome.</summary>
internal sealed record ImportSummaryLine(IReadOnlyDictionary<string, int> Summary, bool DryRun);
