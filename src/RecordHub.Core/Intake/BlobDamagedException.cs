namespace RecordHub.Core.Intake;

/// <summary>A stored blob is not as long as what was received: it is being written, was cut off, or has been changed.</summary>
/// <remarks>What it holds must not be taken for the record: a sender's whole file would be called unreadable.</remarks>
public sealed class BlobDamagedException(ContentHash hash, long length, long expected)
    : Exception($"The blob {hash} is {length} bytes long, and {expected} were received.")
{
    /// <summary>The damaged blob.</summary>
    public ContentHash Hash { get; } = hash;
}
