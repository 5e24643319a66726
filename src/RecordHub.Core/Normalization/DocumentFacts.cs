namespace RecordHub.Core.Normalization;

/// <summary>What a DocumentReference that we make says, whatever it was made of.</summary>
internal sealed record DocumentFacts
{
    /// <summary>System and value of the document's own identifier; null when it has none.</summary>
    public (string? System, string Value)? MasterIdentifier { get; init; }

    /// <summary>Further identifiers: its hash, accession numbers.</summary>
    public IReadOnlyList<(string? System, string Value)> Identifiers { get; init; } = [];

    public (string? System, string Code, string? Display)? Type { get; init; }

    public string? TypeText { get; init; }

    public string? DocStatus { get; init; }

    public string? Description { get; init; }

    /// <summary>An instant; null when no time or no offset is known.</summary>
    public string? Instant { get; init; }

    /// <summary>When what it tells about happened, a dateTime.</summary>
    public string? Period { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public string? Custodian { get; init; }

    public required IReadOnlyList<AttachmentFacts> Attachments { get; init; }

    /// <summary>What it belongs to: placeholder (or null) and identifier.</summary>
    public IReadOnlyList<(string? Reference, string? Type, string? System, string Value)> Related { get; init; } = [];

    public override string ToString() => nameof(DocumentFacts);
}
