namespace RecordHub.Server.Web;

/// <summary>
/// The request cannot be served as it is. Thrown anywhere below a door, caught by <see cref="ErrorBoundary"/>, and for one read of
/// a batch where that is answered.
/// </summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">A code of the value set issue-type (R4 OperationOutcome.issue.code).</param>
/// <param name="diagnostics">What is wrong and what to do, without patient data.</param>
/// <param name="expression">The element or parameter that it is about; null when it is about none.</param>
internal sealed class RefusedException(int status, string code, string diagnostics, string? expression = null)
    : Exception(diagnostics)
{
    public int Status { get; } = status;

    public Issue Issue { get; } = new("error", code, diagnostics, expression);
}
