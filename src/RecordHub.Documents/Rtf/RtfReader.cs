using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Rtf;

/// <summary>Rich Text Format 1.9.1: text in the charset of its fonts, headers and footnotes included, pictures as attachments.</summary>
internal static class RtfReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        int start = content.Span[..Math.Min(content.Length, 1024)].IndexOf(@"{\rtf"u8);
        if (start < 0)
        {
            throw DocumentException.Unreadable(@"no {\rtf at the start", "byte 0");
        }

        TextSink text = new(context.Limits.MaxTextChars);
        AttachmentList attachments = new(context);
        RtfInterpreter interpreter = new(content[start..], text, attachments, context);
        interpreter.Run();
        if (interpreter.OpenGroups > 0)
        {
            context.Warn("cut-off", $"the file ends at byte {content.Length} inside {interpreter.OpenGroups} open groups");
        }

        if (text.IsEmpty)
        {
            context.Warn("no-text", "the document holds no text");
        }

        return FreeText.Document(DocumentKind.Rtf, text, interpreter.Title, context) with
        {
            Created = interpreter.Created,
            Authors = FreeText.People(interpreter.Author),
            Attachments = attachments.Items,
            Warnings = context.TakeWarnings(),
        };
    }
}
