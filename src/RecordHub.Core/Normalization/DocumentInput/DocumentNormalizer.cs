using System.Globalization;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>A document in any format to facts.</summary>
internal static class DocumentNormalizer
{
    public static Normalized Normalize(ContentKind kind, Stream content, NormalizationContext context)
    {
        string? picture = PictureOf(kind);
        if ((picture is null ? KindOf(kind) : DocumentKind.Picture) is not { } document)
        {
            return new Normalized.Unreadable("unknown", "The content is of no kind that is read here.", null);
        }

        long start = content.Position;
        byte[] sha1 = Sha1.Of(content);
        long size = content.Position - start;
        content.Position = start;
        OriginalFacts original = new(picture ?? MediaTypeOf(document), size, sha1);
        switch (DocumentReader.Read(document, content, DocumentLimits.Default, CancellationToken.None))
        {
            case DocumentOutcome.Read read:
                return Records(
                    document == DocumentKind.Mail ? [.. read.Documents.Select(mail => MailFiles.Said(mail, context))] : read.Documents,
                    original, context);
            case DocumentOutcome.Unsupported unsupported:
                ExtractedDocument kept = new()
                {
                    Kind = document,
                    Text = string.Empty,
                    Warnings = [new DocumentWarning("unsupported", unsupported.WhatToDo)],
                };
                return Records([kept], original, context);
            case DocumentOutcome.Encrypted encrypted:
                return new Normalized.Unreadable("encrypted", encrypted.Detail, null);
            case DocumentOutcome.Unreadable unreadable:
                return new Normalized.Unreadable("malformed", unreadable.Reason, unreadable.Where);
            case DocumentOutcome.TooLarge large:
                return new Normalized.Unreadable("limit", large.Detail, large.Limit.ToString());
            default:
                return new Normalized.Unreadable("unknown", "The document gave no outcome.", null);
        }
    }

    /// <summary>The document that bytes of a kind are; null when they are none.</summary>
    internal static DocumentKind? KindOf(ContentKind kind) => kind switch
    {
        ContentKind.Cda => DocumentKind.CdaDocument,
        ContentKind.Hl7V2 => DocumentKind.Hl7V2,
        ContentKind.Pdf => DocumentKind.Pdf,
        ContentKind.Docx => DocumentKind.Docx,
        ContentKind.Rtf => DocumentKind.Rtf,
        ContentKind.Html => DocumentKind.Html,
        ContentKind.Odt => DocumentKind.Odt,
        ContentKind.LegacyDoc => DocumentKind.LegacyDoc,
        ContentKind.PlainText => DocumentKind.PlainText,
        ContentKind.Mail => DocumentKind.Mail,
        _ => null,
    };

    /// <summary>The media type of a picture; null when the bytes are none.</summary>
    internal static string? PictureOf(ContentKind kind) => kind switch
    {
        ContentKind.Jpeg => "image/jpeg",
        ContentKind.Png => "image/png",
        ContentKind.Tiff => "image/tiff",
        _ => null,
    };

    private static string MediaTypeOf(DocumentKind kind) => kind switch
    {
        DocumentKind.Pdf => "application/pdf",
        DocumentKind.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        DocumentKind.Rtf => "application/rtf",
        DocumentKind.Html => "text/html",
        DocumentKind.Odt => "application/vnd.oasis.opendocument.text",
        DocumentKind.CdaDocument => "text/xml",
        DocumentKind.Hl7V2 => "x-application/hl7-v2+er7",
        DocumentKind.LegacyDoc => "application/msword",
        DocumentKind.Mail => "message/rfc822",
        _ => "text/plain",
    };

    private static Normalized.Records Records(
        IReadOnlyList<ExtractedDocument> documents, OriginalFacts original, NormalizationContext context)
    {
        List<PatientClaim> claims = [.. documents.Select(document => DocumentClaim.Read(document, context.DefaultIssuer))];

        // Where the messages of a file are about several people, the whole file is nobody's original.
        string first = ClaimKey.Of(claims[0]);
        OriginalFacts? whole = claims.TrueForAll(claim => ClaimKey.Of(claim) == first) ? original : null;
        List<PatientRecord> records = [];
        for (int i = 0; i < documents.Count; i++)
        {
            if (DocumentClaim.Merge(documents[i], context.DefaultIssuer) is { } merge)
            {
                // It says something of numbers and nothing of the patient's health.
                records.Add(new PatientRecord
                {
                    Part = i + 1,
                    Title = "Merge of patient identifiers",
                    Claim = claims[i] with { Identifiers = [.. claims[i].Identifiers.Union(merge.Prior)] },
                    Merge = merge,
                    Warnings = Warnings(documents[i], isApart: false),
                });
                continue;
            }

            DocumentDrafts drafts = new(documents[i], i + 1, whole, context);
            records.Add(new PatientRecord
            {
                Part = i + 1,
                Title = Title(documents[i]),
                Claim = claims[i] with { Inside = drafts.Inside },
                Resources = drafts.Resources,
                Binaries = drafts.Binaries,
                Warnings = [.. Warnings(documents[i], whole is null), .. drafts.Warnings],
                Losses = [.. DocumentLosses.Of(documents[i]).Union(drafts.Losses)],
            });
        }

        return new Normalized.Records(records);
    }

    // Never the document's own title: it may name the patient.
    private static string Title(ExtractedDocument document) => DocumentTypes.Name(document.LoincCode) ?? document.Kind switch
    {
        DocumentKind.Pdf => "PDF document",
        DocumentKind.Docx or DocumentKind.LegacyDoc => "Word document",
        DocumentKind.Rtf => "RTF document",
        DocumentKind.Html => "HTML document",
        DocumentKind.Odt => "OpenDocument text",
        DocumentKind.CdaDocument => "CDA document",
        DocumentKind.Hl7V2 => "HL7 v2 message",
        DocumentKind.Picture => "Scanned document",
        DocumentKind.Mail => "E-mail",
        _ => "Text document",
    };

    private static List<string> Warnings(ExtractedDocument document, bool isApart)
    {
        List<string> warnings =
            [.. document.Warnings.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Name}: {w.Detail}"))];
        if (isApart)
        {
            warnings.Add("several-patients: the file is about several people; its original bytes are kept with the item only");
        }

        if (document.Subjects.Count > 1)
        {
            warnings.Add("several-subjects: the document names more than one person");
        }

        return warnings;
    }
}
