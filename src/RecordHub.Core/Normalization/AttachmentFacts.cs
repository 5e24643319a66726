using RecordHub.Documents;

namespace RecordHub.Core.Normalization;

/// <summary>An R4 Attachment of a document that we describe.</summary>
internal sealed record AttachmentFacts
{
    public required string ContentType { get; init; }

    /// <summary>The placeholder of the Binary; null where the bytes did not come.</summary>
    public required string? Url { get; init; }

    /// <summary>
    /// Why the file says nothing, a code of R4 data-absent-reason: <c>unknown</c> where it did not come, <c>error</c> where
    /// it cannot be read; null where it is as it should be.
    /// </summary>
    public string? AbsentReason { get; init; }

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

    /// <summary>The body that a document lacks, as an attachment; empty where it has its body.</summary>
    public static IReadOnlyList<AttachmentFacts> Absent(AbsentBody? body) => body is null ? [] :
    [
        new()
        {
            ContentType = body.MediaType ?? "application/octet-stream",
            Url = null,
            AbsentReason = ReasonOf(body),
        },
    ];

    /// <summary>Why a body says nothing, as <see cref="AbsentReason"/> has it.</summary>
    public static string ReasonOf(AbsentBody body) => body.Came ? "error" : "unknown";

    public override string ToString() => nameof(AttachmentFacts);
}
