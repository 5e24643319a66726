namespace RecordHub.Documents.Reading;

/// <summary>Ends the reading of one document with its outcome; caught in <see cref="DocumentReader"/> alone.</summary>
internal sealed class DocumentException(DocumentOutcome outcome) : Exception(outcome.GetType().Name)
{
    public DocumentOutcome Outcome { get; } = outcome;

    public static DocumentException Unreadable(string reason, string where) =>
        new(new DocumentOutcome.Unreadable(reason, where));

    public static DocumentException TooLarge(DocumentLimit limit, string detail) =>
        new(new DocumentOutcome.TooLarge(limit, detail));

    public static DocumentException Encrypted(string detail) => new(new DocumentOutcome.Encrypted(detail));
}
