namespace RecordHub.Storage.Backups;

/// <summary>What was done.</summary>
/// <param name="Snapshot">The folder of this backup's manifest.</param>
/// <param name="Rows">Rows of all tables.</param>
/// <param name="Blobs">Blobs that the database names.</param>
/// <param name="BlobBytes">Their stored bytes.</param>
/// <param name="Copied">Blobs that had to be copied; the rest was there.</param>
/// <param name="Problems">What is not as the manifest says; empty when all is well.</param>
public sealed record BackupResult(
    string Snapshot, long Rows, long Blobs, long BlobBytes, long Copied, IReadOnlyList<string> Problems);
