namespace RecordHub.Core.Normalization;

/// <summary>An R4 Attachment of a document that we describe.</summary>
internal sealed record AttachmentFacts
{
    public required string ContentType { get; init; }

    /// <summary>The placeholder of the Binary.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// Null where the bytes depend on the door: the file meta information of a Part 10 file is the last sender's.
    /// </summary>
    public long? Size { get; init; }

    /// <summary>SHA-1, which is what R4 Attachment.hash asks for.</summary>
    public byte[]? Sha1 { get; init; }

    public string? Title { get; init; }

    public string? Language { get; init; }

    /// <summary>A dateTime with the precision that is known.</summary>
    public string? Creation { get; init; }

    public override string ToString() => nameof(AttachmentFacts);
}
