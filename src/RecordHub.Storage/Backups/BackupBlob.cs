namespace RecordHub.Storage.Backups;

/// <summary>A line of the list of blobs.</summary>
/// <param name="Blob">Its name: the digest of its plain bytes.</param>
/// <param name="Length">The stored bytes.</param>
/// <param name="Sha256">The digest of the stored bytes; another than the name when it is encrypted.</param>
public sealed record BackupBlob(string Blob, long Length, string Sha256);
