namespace RecordHub.Storage.Backups;

/// <summary>A file of a backup.</summary>
public sealed record BackupPart(string Name, long Length, string Sha256);
