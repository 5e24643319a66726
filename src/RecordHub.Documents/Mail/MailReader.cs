using RecordHub.Documents.Html;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Mail;

/// <summary>An e-mail as a document: what a person reads of it, and its files.</summary>
internal static class MailReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        if (content.Length > MailMessage.MostBytes)
        {
            throw DocumentException.TooLarge(DocumentLimit.ContentBytes, $"more than {MailMessage.MostBytes} bytes of e-mail");
        }

        MailMessage mail = MailMessage.Read(content);
        TextSink text = new(context.Limits.MaxTextChars);
        foreach ((string name, string value) in mail.Fields)
        {
            text.WriteLine($"{name}: {value}");
        }

        AttachmentList files = new(context);
        foreach (MailPart part in mail.Texts)
        {
            context.Check();
            text.Paragraph();
            text.Write(TextOf(part, files, context));
        }

        TextSink beside = new(context.Limits.MaxTextChars);
        foreach (MailPart part in mail.Others)
        {
            context.Check();
            beside.Paragraph();
            beside.Write(TextOf(part, new AttachmentList(context), context));
        }

        foreach (MailPart part in mail.Files)
        {
            context.Check();
            byte[]? bytes = part.Decode(out string? trouble);
            if (trouble is not null)
            {
                context.Warn(bytes is null ? "attachment-unreadable" : "attachment-cut", $"a file of the e-mail: {trouble}");
            }

            if (bytes is not null)
            {
                files.Add(part.MediaType, part.Name, bytes);
            }
        }

        foreach (string trouble in mail.Troubles)
        {
            context.Warn("cut-off", "the e-mail: " + trouble);
        }

        return FreeText.Document(
            DocumentKind.Mail, text, mail.Fields.FirstOrDefault(field => field.Name == "Subject").Value, context, beside.ToString()) with
        {
            Attachments = files.Items,
            Warnings = context.TakeWarnings(),
        };
    }

    private static string TextOf(MailPart part, AttachmentList files, ReadContext context)
    {
        if (part.Decode(out string? trouble) is not { } bytes)
        {
            context.Warn("body-unreadable", $"a text of the e-mail: {trouble}");
            return string.Empty;
        }

        string text = Charsets.ByName(part.Charset)?.GetString(bytes) ?? Charsets.Decode(bytes, out _);
        if (part.MediaType != "text/html")
        {
            return text;
        }

        ExtractedDocument page = HtmlReader.Read(System.Text.Encoding.UTF8.GetBytes("\ufeff" + text), context);
        foreach (DocumentAttachment picture in page.Attachments)
        {
            files.Add(picture.MediaType, picture.FileName, picture.Content);
        }

        return page.Text;
    }
}
