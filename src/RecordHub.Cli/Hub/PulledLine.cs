namespace RecordHub.Cli.Hub;

/// <summary>What fetching one study came to.</summary>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Found">Instances that the site has.</param>
/// <param name="Here">Of them here before, and not fetched again.</param>
/// <param name="Fetched">Of them fetched now.</param>
/// <param name="Failed">Those that did not come, and why.</param>
/// <param name="Outcomes">What became of the records: <c>filed</c>, <c>held</c> and so on, as an import tells it.</param>
/// <param name="Error">Why the study could not be fetched; null when it could.</param>
internal sealed record PulledLine(
    string Study, int Found, int Here, int Fetched, IReadOnlyList<PullFailure> Failed,
    IReadOnlyDictionary<string, int> Outcomes, string? Error);

/// <summary>An instance that did not come, and why.</summary>
internal sealed record PullFailure(string SopInstanceUid, string Status);

/// <summary>The last line of <c>pull --json</c>.</summary>
internal sealed record PullSummaryLine(PullSummary Summary);

/// <summary>All studies together.</summary>
internal sealed record PullSummary(
    int Studies, int Found, int Here, int Fetched, int Failed, int Filed, int Held, int Conflict, int Rejected);
