using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>A legal hold: the case may not be purged, whatever the rules say.</summary>
public sealed record CaseHold(CaseNumber Case, string Reason, string By, DateTimeOffset Since);
