namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>The key that new blobs are wrapped with, and former ones that still open old blobs.</summary>
/// <param name="Active">Wraps.</param>
/// <param name="Former">Only open.</param>
public sealed record KeyRing(BlobKey Active, IReadOnlyList<BlobKey> Former)
{
    /// <summary>The key of this id; null when it is not configured.</summary>
    internal BlobKey? Find(ReadOnlySpan<byte> id)
    {
        foreach (BlobKey key in Former.Prepend(Active))
        {
            if (key.Id.Span.SequenceEqual(id))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The type only: keys are secrets.</summary>
    public override string ToString() => nameof(KeyRing);
}
