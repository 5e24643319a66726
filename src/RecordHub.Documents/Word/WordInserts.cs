using DocumentFormat.OpenXml.Packaging;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Word;

/// <summary>What a DOCX carries besides its own text: inserted documents (altChunk), embedded files, pictures.</summary>
internal static class WordInserts
{
    public static void Write(MainDocumentPart main, TextSink text, AttachmentList attachments, ReadContext context)
    {
        foreach (AlternativeFormatImportPart inserted in main.AlternativeFormatImportParts)
        {
            if (Bytes(inserted, attachments, context) is { } bytes && Words(bytes, inserted.ContentType, context) is { } words)
            {
                text.Paragraph();
                text.Write(words);
            }
        }

        foreach (OpenXmlPart part in main.EmbeddedPackageParts.Cast<OpenXmlPart>().Concat(main.EmbeddedObjectParts)
            .Concat(main.ImageParts.Where(IsPicture)))
        {
            context.Check();
            if (Bytes(part, attachments, context) is { } bytes)
            {
                attachments.Add(part.ContentType, part.Uri.OriginalString, bytes);
            }
        }
    }

    /// <summary>EMF and WMF are previews of embedded objects.</summary>
    private static bool IsPicture(ImagePart image) =>
        image.ContentType is "image/jpeg" or "image/jpg" or "image/png" or "image/tiff" or "image/gif" or "image/bmp";

    private static byte[]? Bytes(OpenXmlPart part, AttachmentList attachments, ReadContext context)
    {
        try
        {
            using Stream content = part.GetStream(FileMode.Open, FileAccess.Read);
            return BoundedContent.Read(content, attachments.Room, DocumentLimit.InflatedBytes, context.Stop);
        }
        catch (DocumentException)
        {
            context.Warn("attachment-limit", "attachments beyond the limit were not taken out");
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            context.Warn("attachment-unreadable", "an embedded file cannot be inflated");
        }

        return null;
    }

    private static string? Words(byte[] bytes, string contentType, ReadContext context)
    {
        DocumentKind? kind = contentType switch
        {
            "text/html" or "application/xhtml+xml" => DocumentKind.Html,
            "text/plain" => DocumentKind.PlainText,
            "application/rtf" or "text/rtf" => DocumentKind.Rtf,
            _ => null,
        };
        if (kind is null)
        {
            context.Warn("insert-not-read", "an inserted document is of a kind that is not read here");
            return null;
        }

        DocumentOutcome outcome = DocumentReader.ReadKind(kind.Value, bytes, new ReadContext(context.Limits, context.Stop));
        if (outcome is DocumentOutcome.Read { Documents: [ExtractedDocument inserted, ..] })
        {
            return inserted.Text;
        }

        context.Warn("insert-unreadable", "an inserted document could not be read");
        return null;
    }
}
