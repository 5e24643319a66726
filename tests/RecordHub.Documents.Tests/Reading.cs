using System.Text;

namespace RecordHub.Documents.Tests;

/// <summary>Short ways to read a document that a test has written.</summary>
internal static class Reading
{
    public static DocumentOutcome Outcome(DocumentKind kind, byte[] content, DocumentLimits? limits = null)
    {
        using MemoryStream stream = new(content);
        return DocumentReader.Read(kind, stream, limits ?? DocumentLimits.Default, CancellationToken.None);
    }

    public static DocumentOutcome Outcome(DocumentKind kind, string content, DocumentLimits? limits = null) =>
        Outcome(kind, Encoding.UTF8.GetBytes(content), limits);

    public static IReadOnlyList<ExtractedDocument> All(DocumentKind kind, byte[] content, DocumentLimits? limits = null)
    {
        DocumentOutcome outcome = Outcome(kind, content, limits);
        Assert.That(outcome, Is.TypeOf<DocumentOutcome.Read>());
        return ((DocumentOutcome.Read)outcome).Documents;
    }

    public static ExtractedDocument One(DocumentKind kind, byte[] content, DocumentLimits? limits = null) =>
        All(kind, content, limits).Single();

    public static ExtractedDocument One(DocumentKind kind, string content, DocumentLimits? limits = null) =>
        One(kind, Encoding.UTF8.GetBytes(content), limits);

    public static string[] WarningNames(this ExtractedDocument document) => [.. document.Warnings.Select(w => w.Name)];
}
