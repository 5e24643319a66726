namespace RecordHub.Cli.Dicom;

/// <summary>What became of one instance that was fetched or moved.</summary>
/// <param name="SopInstanceUid">The instance.</param>
/// <param name="Path">Its file; null when there is none here.</param>
/// <param name="Outcome"><c>received</c>, <c>held</c> before, or <c>missing</c>.</param>
/// <param name="Detail">Why it is missing; empty otherwise.</param>
internal sealed record FetchedInstance(string SopInstanceUid, string? Path, string Outcome, string Detail);

/// <summary>The last line of a retrieval.</summary>
internal sealed record FetchSummaryLine(FetchSummary Summary);

/// <summary>How many instances there are of each outcome, of those that the peer listed.</summary>
internal sealed record FetchSummary(int Listed, int Held, int Received, int Missing, FetchSubOperations SubOperations);

/// <summary>The sub-operations of all requests, as the peer counts them.</summary>
internal sealed record FetchSubOperations(int Completed, int Failed, int Warning);
