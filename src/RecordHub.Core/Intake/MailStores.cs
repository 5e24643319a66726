using RecordHub.Documents.Mail;

namespace RecordHub.Core.Intake;

/// <summary>E-mails in a form that is not taken apart: taken for text or for nothing, what is attached would be lost without a word.</summary>
internal static class MailStores
{
    internal static string? Recognise(ReadOnlySpan<byte> head, string? fileName) => head switch
    {
        [0x78, 0x9F, 0x3E, 0x22, ..] => "Outlook's winmail.dat is not opened; ask for the files as ordinary attachments",
        [0x30, 0x80 or 0x82 or 0x83, ..] when EndsWith(fileName, ".p7m") => "encrypted or signed e-mail (S/MIME) is not opened; ask for it without",
        _ when head.StartsWith("-----BEGIN PGP MESSAGE-----"u8) => "content encrypted by PGP is not opened; ask for it without",
        _ when IsMailbox(head) => "mailbox is not taken apart; save each e-mail in it as .eml",
        _ => null,
    };

    // Each e-mail begins behind a line of its own (RFC 4155 Appendix A).
    private static bool IsMailbox(ReadOnlySpan<byte> head) =>
        head.StartsWith("From "u8) && head.IndexOf((byte)'\n') is >= 0 and var end && MailMessage.Is(head[(end + 1)..]);

    private static bool EndsWith(string? fileName, string ending) =>
        fileName?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true;
}
