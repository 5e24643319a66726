using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Html;

/// <summary>HTML: what a browser without scripts, styles and network would show.</summary>
internal static class HtmlReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        if (content.Length > context.Limits.MaxMarkupBytes)
        {
            throw DocumentException.TooLarge(DocumentLimit.ContentBytes, $"more than {context.Limits.MaxMarkupBytes} bytes of HTML");
        }

        string source = HtmlCharset.Decode(content.Span, context);
        HtmlNesting nesting = new(context);
        HtmlParserOptions options = new()
        {
            IsScripting = false,
            IsStrictMode = false,
            SkipComments = true,
            DisableElementPositionTracking = true,
            MaximumDepth = context.Limits.MaxNesting,
            OnToken = (token, _) => nesting.See(token),
        };
        // Parsed without a browsing context: nothing is there that could fetch or run.
        using IHtmlDocument document = new HtmlParser(options).ParseDocument(source);
        context.Check();
        TextSink text = new(context.Limits.MaxTextChars);
        AttachmentList attachments = new(context);
        if (document.Body is not null)
        {
            new HtmlText(text, attachments, context).Write(document.Body);
        }

        if (text.IsEmpty)
        {
            context.Warn("no-text", "the page shows no text");
        }

        return FreeText.Document(DocumentKind.Html, text, document.Title, context) with
        {
            Language = document.DocumentElement?.GetAttribute("lang") is { Length: > 1 and < 36 } language ? language : null,
            Created = StandardTime.Parse(Meta(document, "dcterms.created") ?? Meta(document, "date")),
            Authors = FreeText.People(Meta(document, "author")),
            Attachments = attachments.Items,
            Warnings = context.TakeWarnings(),
        };
    }

    private static string? Meta(IHtmlDocument document, string name) =>
        document.Head?.Children.OfType<IHtmlMetaElement>()
            .FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))?.Content;
}
