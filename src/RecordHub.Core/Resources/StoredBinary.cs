using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Resources;

/// <summary>Bytes served as <c>Binary/{Id}</c>: a range of a blob.</summary>
public sealed record StoredBinary
{
    /// <summary>The logical id.</summary>
    public required string Id { get; init; }

    /// <summary>The case whose compartment it is in.</summary>
    public required CaseNumber Case { get; init; }

    /// <summary>The record that it was read from.</summary>
    public required string RecordId { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>The blob.</summary>
    public required ContentHash Blob { get; init; }

    /// <summary>First byte in the blob.</summary>
    public required long Offset { get; init; }

    /// <summary>Number of bytes.</summary>
    public required long Length { get; init; }
}
