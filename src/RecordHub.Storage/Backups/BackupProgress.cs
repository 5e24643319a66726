namespace RecordHub.Storage.Backups;

/// <summary>How far it is.</summary>
/// <param name="Blobs">Blobs that are done.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Copied">How many had to be copied; the rest was there.</param>
public sealed record BackupProgress(long Blobs, long Of, long Copied);
