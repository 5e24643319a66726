namespace RecordHub.Core.Normalization;

/// <summary>Bytes to be served as Binary: a range of the item's blob, or derived bytes.</summary>
public sealed record BinaryDraft
{
    /// <summary>As <see cref="ResourceDraft"/>'s key; referred to as <c>urn:recordhub:{Key}</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>First byte in the item's blob; null when the bytes are derived.</summary>
    public long? Offset { get; init; }

    /// <summary>Number of bytes in the item's blob; null together with an offset means: to its end.</summary>
    public long? Length { get; init; }

    /// <summary>Derived bytes, such as extracted text; empty when it is a range of the item's blob.</summary>
    public ReadOnlyMemory<byte> Derived { get; init; }
}
