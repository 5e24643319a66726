namespace RecordHub.Core.Intake;

/// <summary>A row names a blob that is not in the blob store.</summary>
public sealed class BlobMissingException(ContentHash hash) : Exception($"The blob {hash} is not in the blob store.")
{
    /// <summary>The missing blob.</summary>
    public ContentHash Hash { get; } = hash;
}
