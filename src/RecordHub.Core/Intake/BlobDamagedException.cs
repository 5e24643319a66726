namespace RecordHub.Core.Intake;

/// <summary>A stored blob is not what was received: it is being written, was cut off, or has been changed.</summary>
/// <remarks>What it holds must not be taken for the record: a sender's whole file would be called unreadable.</remarks>
public sealed class BlobDamagedException : Exception
{
    /// <param name="hash">The blob.</param>
    /// <param name="length">Bytes that it has.</param>
    /// <param name="expected">Bytes that were received.</param>
    public BlobDamagedException(ContentHash hash, long length, long expected)
        : base($"The blob {hash} is {length} bytes long, and {expected} were received.") => Hash = hash;

    /// <param name="hash">The blob, whose bytes have another hash.</param>
    public BlobDamagedException(ContentHash hash)
        : base($"The blob {hash} has other bytes than were received.") => Hash = hash;

    /// <summary>The damaged blob.</summary>
    public ContentHash Hash { get; }
}
