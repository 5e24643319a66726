using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Word;

/// <summary>WordprocessingML (ISO 29500): headers, body, notes, comments and footers; embedded files and pictures.</summary>
internal static class DocxReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        if (CompoundFile.Is(content.Span))
        {
            throw CompoundFile.Judge(content.Span);
        }

        // Inflating everything once under the limits comes first; the SDK has none.
        using (Container.Open(content, context))
        {
        }

        WordprocessingDocument document;
        try
        {
            document = WordprocessingDocument.Open(
                new MemoryStream(content.ToArray(), writable: false), isEditable: false, new OpenSettings { AutoSave = false });
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or FileFormatException or XmlException
            or InvalidDataException or InvalidOperationException or UriFormatException or ArgumentException)
        {
            throw DocumentException.Unreadable("not a valid Open XML package", "part [Content_Types].xml or _rels/.rels");
        }

        using (document)
        {
            return Extract(document, context);
        }
    }

    private static ExtractedDocument Extract(WordprocessingDocument document, ReadContext context)
    {
        MainDocumentPart main = document.MainDocumentPart
            ?? throw DocumentException.Unreadable("the package has no main document", "part _rels/.rels");
        TextSink text = new(context.Limits.MaxTextChars);
        AttachmentList attachments = new(context);
        WordText words = new(text, context);

        // Letterheads name hospital and patient, so headers come first; the same header on many sections is told once.
        words.WriteOnce(main.HeaderParts);
        words.Write(main, required: true);
        words.WriteNotes(main.FootnotesPart);
        words.WriteNotes(main.EndnotesPart);
        words.WriteNotes(main.WordprocessingCommentsPart);
        WordInserts.Write(main, text, attachments, context);
        words.WriteOnce(main.FooterParts);
        if (text.IsEmpty)
        {
            context.Warn("no-text", "the document holds no text");
        }

        (string? title, string? author, string? language, DocumentDate? created) = WordProperties.Read(document, context);
        return FreeText.Document(DocumentKind.Docx, text, title, context) with
        {
            Created = created,
            Language = language,
            Authors = FreeText.People(author),
            Attachments = attachments.Items,
            Warnings = context.TakeWarnings(),
        };
    }
}
