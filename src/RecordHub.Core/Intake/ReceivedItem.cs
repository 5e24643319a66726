namespace RecordHub.Core.Intake;

/// <summary>One item at the moment of its receipt: what is committed, with its outbox row, before a sender hears "stored".</summary>
public sealed record ReceivedItem
{
    /// <summary>Our name for it.</summary>
    public required ItemId Id { get; init; }

    /// <summary>When its last byte came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the bytes are.</summary>
    public required ContentKind Kind { get; init; }

    /// <summary>SHA-256 of all received bytes (for C-STORE: of the Part 10 file made of them); the blob's name.</summary>
    public required ContentHash Blob { get; init; }

    /// <summary>Length of the blob in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Where the blob lies among others; null when it is found by its hash.</summary>
    public BlobPlace? Place { get; init; }

    /// <summary>
    /// What makes it the same thing again: for a DICOM instance the SHA-256 of its data set behind file meta of our own (so
    /// that neither preamble nor the file's own meta matter), the blob's for everything else.
    /// </summary>
    public required ContentHash Content { get; init; }

    /// <summary>The SOP Instance UID of a DICOM instance; null for everything else.</summary>
    public string? SopInstanceUid { get; init; }

    /// <summary>Where the data set begins in the blob; 0 when it is not DICOM.</summary>
    public long DataSetOffset { get; init; }

    /// <summary>Where it came from.</summary>
    public required Source Source { get; init; }

    /// <summary>The type only: the source may name a patient.</summary>
    public override string ToString() => nameof(ReceivedItem);
}
