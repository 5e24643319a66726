namespace RecordHub.Documents;

/// <summary>Reads a document of a known kind. Throws only <see cref="OperationCanceledException"/> for the caller's own token.</summary>
public static class DocumentReader
{
    /// <summary>Reads all of <paramref name="content"/> from its current position.</summary>
    public static DocumentOutcome Read(
        DocumentKind kind, Stream content, DocumentLimits limits, CancellationToken cancellationToken) =>
        new DocumentOutcome.Unsupported("Not read yet.");
}
