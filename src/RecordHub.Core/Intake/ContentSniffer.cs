using RecordHub.Documents;

namespace RecordHub.Core.Intake;

/// <summary>Tells what a file is by its first bytes; its name and declared type break ties.</summary>
public static class ContentSniffer
{
    /// <summary>The most bytes of the head that are looked at.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>What is said of bytes that nothing tells.</summary>
    internal const string Unknown = "binary file of a kind that is not read";

    /// <summary>What the file is. Never fails: bytes that nothing here reads are <see cref="ContentKind.Unknown"/>.</summary>
    public static SniffedContent Recognise(ReadOnlySpan<byte> head, string? fileName, string? mediaType)
    {
        head = head[..Math.Min(head.Length, HeadLength)];
        if (head.IsEmpty)
        {
            return new SniffedContent(ContentKind.NotARecord, "empty file");
        }

        if (DicomSignature.Recognise(head) is { } dicom)
        {
            return dicom;
        }

        // By name before documents: an autorun.inf or a style sheet is text, and nobody's record.
        if (ForeignNames.Recognise(fileName) is { } named)
        {
            return named;
        }

        if (FhirSignature.Recognise(head, fileName, mediaType) is { } fhir)
        {
            return fhir;
        }

        if (DocumentSniffer.TryRecognise(head, fileName, out DocumentKind document))
        {
            return Of(document);
        }

        return PictureSignature.Recognise(head) ?? ForeignSignatures.Recognise(head, fileName)
            ?? new SniffedContent(ContentKind.Unknown, Unknown);
    }

    private static SniffedContent Of(DocumentKind kind) => kind switch
    {
        DocumentKind.Pdf => new SniffedContent(ContentKind.Pdf, "PDF document"),
        DocumentKind.Docx => new SniffedContent(ContentKind.Docx, "Word document"),
        DocumentKind.Rtf => new SniffedContent(ContentKind.Rtf, "RTF document"),
        DocumentKind.Html => new SniffedContent(ContentKind.Html, "HTML document"),
        DocumentKind.PlainText => new SniffedContent(ContentKind.PlainText, "text"),
        DocumentKind.Odt => new SniffedContent(ContentKind.Odt, "OpenDocument text"),
        DocumentKind.CdaDocument => new SniffedContent(ContentKind.Cda, "CDA document"),
        DocumentKind.Hl7V2 => new SniffedContent(ContentKind.Hl7V2, "HL7 v2 message"),
        DocumentKind.Mail => new SniffedContent(ContentKind.Mail, "e-mail"),
        DocumentKind.LegacyDoc => new SniffedContent(ContentKind.LegacyDoc, "Word 97-2003 document"),
        _ => new SniffedContent(ContentKind.Unknown, "document of a kind that is not read"),
    };
}
