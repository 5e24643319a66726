namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>The extracted text of a document, as an attachment of its own.</summary>
internal static class DocumentText
{
    public const string MediaType = "text/plain; charset=utf-8";

    public static AttachmentFacts Attachment(string key, byte[] text) => new()
    {
        ContentType = MediaType,
        Url = Placeholder.For(key),
        Size = text.Length,
        Sha1 = Sha1.Of(text),
        Title = "Text",
    };
}
