using RecordHub.Core.Intake;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>The files of an e-mail: what nobody reads is said, and what comes by itself is not kept twice.</summary>
internal static class MailFiles
{
    // A signature of the e-mail is no file of its sender's.
    private static readonly string[] s_signatures =
        ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"];

    /// <summary>Whether the files of a document come by themselves too.</summary>
    public static bool AreTaken(ExtractedDocument document, NormalizationContext context) =>
        document.Kind == DocumentKind.Mail && context is { TakesFilesOfMail: true, Depth: 0 };

    public static ExtractedDocument Said(ExtractedDocument mail, NormalizationContext context)
    {
        bool areTaken = AreTaken(mail, context);
        return mail with
        {
            Warnings =
            [
                .. mail.Warnings,
                .. mail.Attachments.Where(file => IsUnread(file, areTaken && context.OpensArchivesOfMail)).Select(file => file.MediaType).Distinct(StringComparer.Ordinal)
                    .Select(type => new DocumentWarning("attachment-unreadable", $"a file of the e-mail ({type}) is of a kind that is not read")),
            ],
        };
    }

    private static bool IsUnread(DocumentAttachment file, bool areOpened)
    {
        ReadOnlySpan<byte> head = file.Content.Span[..Math.Min(file.Content.Length, ContentSniffer.HeadLength)];
        SniffedContent sniffed = ContentSniffer.Recognise(head, file.FileName, file.MediaType);
        return !s_signatures.Contains(file.MediaType)
            && (sniffed.Kind == ContentKind.Unknown
                || (IntakeRules.Unread(sniffed, head, file.FileName, file.MediaType) is not null
                    && !(areOpened && ForeignSignatures.IsOpened(sniffed))));
    }
}
