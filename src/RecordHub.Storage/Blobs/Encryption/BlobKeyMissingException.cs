using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>No configured key opens a blob.</summary>
public sealed class BlobKeyMissingException(ContentHash hash) : IOException(
    $"No configured key opens the blob {hash}: add the key that it was written with to Blobs:FormerEncryptionKeys.");
