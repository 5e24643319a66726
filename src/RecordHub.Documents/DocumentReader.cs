using System.Diagnostics.CodeAnalysis;
using RecordHub.Documents.Cda;
using RecordHub.Documents.Hl7;
using RecordHub.Documents.Html;
using RecordHub.Documents.Mail;
using RecordHub.Documents.OpenDocument;
using RecordHub.Documents.Pdf;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Rtf;
using RecordHub.Documents.Text;
using RecordHub.Documents.Word;

namespace RecordHub.Documents;

/// <summary>Reads a document of a known kind.</summary>
/// <remarks>Whatever the bytes are, the answer is an outcome. The only exceptions are the caller's own: its cancelled token,
/// and an <see cref="IOException"/> of its stream.</remarks>
public static class DocumentReader
{
    /// <summary>Reads all of <paramref name="content"/> from its current position.</summary>
    public static DocumentOutcome Read(
        DocumentKind kind, Stream content, DocumentLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limits.MaxDuration);
        try
        {
            if (limits.MaxDuration <= TimeSpan.Zero)
            {
                stop.Cancel(); // A timer may be later than a small document.
            }

            byte[] bytes = BoundedContent.Read(content, MostBytes(kind, limits), DocumentLimit.ContentBytes, stop.Token);
            return bytes.Length == 0
                ? new DocumentOutcome.Unreadable("the file is empty", "byte 0")
                : ReadKind(kind, bytes, new ReadContext(limits, stop.Token));
        }
        catch (DocumentException ended)
        {
            return ended.Outcome;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DocumentOutcome.TooLarge(DocumentLimit.Duration, $"not read within {limits.MaxDuration.TotalSeconds:0} s");
        }
    }

    private static long MostBytes(DocumentKind kind, DocumentLimits limits) => kind switch
    {
        DocumentKind.PlainText or DocumentKind.Rtf or DocumentKind.Html or DocumentKind.CdaDocument or DocumentKind.Hl7V2 =>
            Math.Min(limits.MaxTextBytes, limits.MaxContentBytes),
        _ => limits.MaxContentBytes,
    };

    /// <summary>One kind from memory; also for a document inside another.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "PdfPig, the Open XML SDK and AngleSharp document no closed set of "
        + "exceptions and throw NullReference, InvalidCast, KeyNotFound and the like on damaged files; this is the one place "
        + "where those become an outcome. Fatal ones pass.")]
    internal static DocumentOutcome ReadKind(DocumentKind kind, ReadOnlyMemory<byte> content, ReadContext context)
    {
        try
        {
            return kind switch
            {
                DocumentKind.Pdf => One(PdfReader.Read(content, context)),
                DocumentKind.Docx => One(DocxReader.Read(content, context)),
                DocumentKind.Rtf => One(RtfReader.Read(content, context)),
                DocumentKind.Html => One(HtmlReader.Read(content, context)),
                DocumentKind.PlainText => One(PlainTextReader.Read(content, context)),
                DocumentKind.Odt => One(OdtReader.Read(content, context)),
                DocumentKind.CdaDocument => One(CdaDocumentReader.Read(content, context)),
                DocumentKind.Hl7V2 => new DocumentOutcome.Read(Hl7DocumentReader.Read(content, context)),
                DocumentKind.LegacyDoc => new DocumentOutcome.Unsupported(
                    "Word 97-2003 files are kept but their text is not read; save it as DOCX or PDF and send that too."),
                DocumentKind.Mail => One(MailReader.Read(content, context)),
                DocumentKind.Picture => new DocumentOutcome.Unsupported("no text was read from it"),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            };
        }
        catch (DocumentException ended)
        {
            return ended.Outcome;
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or OutOfMemoryException
            or StackOverflowException or AccessViolationException or TypeInitializationException or TypeLoadException
            or FileNotFoundException or FileLoadException or MissingMemberException or ArgumentOutOfRangeException { ParamName: nameof(kind) }))
        {
            return new DocumentOutcome.Unreadable($"the file is damaged ({broken.GetType().Name})", "position unknown");
        }
    }

    private static DocumentOutcome.Read One(ExtractedDocument document) => new([document]);
}
