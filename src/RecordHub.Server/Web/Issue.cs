namespace RecordHub.Server.Web;

/// <summary>One issue of an OperationOutcome (R4 OperationOutcome.issue).</summary>
/// <param name="Severity"><c>fatal</c>, <c>error</c>, <c>warning</c> or <c>information</c>.</param>
/// <param name="Code">A code of the value set issue-type.</param>
/// <param name="Diagnostics">What it is and what to do.</param>
/// <param name="Expression">Where, as FHIRPath; null when nowhere.</param>
internal sealed record Issue(string Severity, string Code, string Diagnostics, string? Expression = null);
