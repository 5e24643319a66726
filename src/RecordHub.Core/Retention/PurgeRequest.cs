using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>The wish that nothing of a case stays but its number.</summary>
/// <param name="Case">The case.</param>
/// <param name="Reason">Why; it stays, so it names no patient.</param>
/// <param name="By">Who asks.</param>
public sealed record PurgeRequest(CaseNumber Case, string Reason, string By);
