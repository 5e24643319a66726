namespace RecordHub.Storage.Backups;

/// <summary>Looks at a folder of backups without changing it.</summary>
public static class BackupLook
{
    /// <summary>What is in it.</summary>
    /// <exception cref="BackupException">The manifest of the latest cannot be read.</exception>
    public static BackupsFound In(string folder)
    {
        BackupFolder backups = new(folder);
        bool runs = backups.IsHeld();
        string[] finished = Directory.Exists(backups.Root)
            ? [.. Directory.EnumerateDirectories(backups.Root).Where(one => File.Exists(Path.Combine(one, BackupFolder.ManifestName)))]
            : [];
        return new BackupsFound(
            finished.Length, finished.Order(StringComparer.Ordinal).LastOrDefault() is { } latest ? BackupFolder.Read(latest).Created : null,
            runs ? 0 : backups.Unfinished().Count(), runs);
    }
}
