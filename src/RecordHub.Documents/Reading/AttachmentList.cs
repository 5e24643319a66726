namespace RecordHub.Documents.Reading;

/// <summary>Gathers attachments up to the limits; what does not fit becomes a warning.</summary>
internal sealed class AttachmentList(ReadContext context)
{
    private readonly List<DocumentAttachment> _items = [];
    private long _bytes;

    public IReadOnlyList<DocumentAttachment> Items => _items;

    /// <summary>Bytes that still fit.</summary>
    public long Room => context.Limits.MaxAttachmentBytes - _bytes;

    public bool Add(string? mediaType, string? fileName, ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            context.Warn("attachment-empty", "an attachment holds no bytes");
            return false;
        }

        if (_items.Count >= context.Limits.MaxAttachments || content.Length > Room)
        {
            context.Warn("attachment-limit", "attachments beyond the limit were not taken out");
            return false;
        }

        _bytes += content.Length;
        _items.Add(new DocumentAttachment(MediaTypes.Of(content.Span, mediaType, fileName), CleanName(fileName), content));
        return true;
    }

    /// <summary>Names come from the sender: no folder part, no control characters, at most 200 characters.</summary>
    private static string? CleanName(string? fileName)
    {
        if (fileName is null)
        {
            return null;
        }

        string last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        string clean = new([.. last.Where(c => !char.IsControl(c)).Take(200)]);
        return string.IsNullOrWhiteSpace(clean) ? null : clean.Trim();
    }
}
