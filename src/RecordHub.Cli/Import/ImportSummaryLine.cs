namespace RecordHub.Cli.Import;

/// <summary>The last line of <c>import --json</c>: how many records had each outcome, of how many files, in how long; alerts are records of somebody else.</summary>
internal sealed record ImportSummaryLine(IReadOnlyDictionary<string, int> Summary, int Files, double Seconds, bool DryRun, int Alerts)
{
    /// <summary>The line for what was counted.</summary>
    internal static ImportSummaryLine Of(ImportTally tally, bool dryRun) =>
        new(tally.Summary, tally.Files, Math.Round(tally.Elapsed.TotalSeconds, 3), dryRun, tally.Alerts);
}
