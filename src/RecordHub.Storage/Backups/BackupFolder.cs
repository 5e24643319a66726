using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;

namespace RecordHub.Storage.Backups;

/// <summary>
/// A folder of backups: <c>blobs</c> by their hash, which all of them share, and one folder for each backup, named by its
/// time, with its manifest, the database's parts and the list of its blobs. A backup without a manifest is none.
/// </summary>
internal sealed class BackupFolder(string root)
{
    internal const string ManifestName = "manifest.json";
    internal const string ListName = "blobs.ndjson";
    private const string LockName = "backup.lock";
    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";

    internal string Root { get; } = Path.GetFullPath(root);

    private string LockPath => Path.Combine(Root, LockName);

    internal BlobFolder Blobs { get; } = new(Path.Combine(Path.GetFullPath(root), "blobs"));

    /// <summary>Returns when the names of the backups in it are on the disk.</summary>
    internal void Flush() => FolderSync.Flush(Root);

    /// <summary>Opens what a person named: a folder of backups, or one of them.</summary>
    internal static (BackupFolder Folder, string Snapshot) Find(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(Path.Combine(full, ManifestName)))
        {
            return (new BackupFolder(Path.GetDirectoryName(full) ?? full), full);
        }

        string? latest = Directory.Exists(full)
            ? Directory.EnumerateDirectories(full).Where(one => File.Exists(Path.Combine(one, ManifestName)))
                .Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        return latest is null
            ? throw new BackupException(
                $"There is no backup in {full}.", "Name the folder that 'recordhub backup --out' was given, or one backup in it.")
            : (new BackupFolder(full), latest);
    }

    /// <summary>What an interrupted backup left: it has the name of one and nothing but parts of one, and no manifest.</summary>
    internal IEnumerable<string> Unfinished() => !Directory.Exists(Root) ? [] : Directory.EnumerateDirectories(Root)
        .Where(static one => DateTime.TryParseExact(
            Path.GetFileName(one), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        .Where(static one => !Directory.EnumerateDirectories(one).Any() && Directory.EnumerateFiles(one).All(IsPartOfUnfinished))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a backup into this folder runs.</summary>
    internal bool IsHeld()
    {
        if (!File.Exists(LockPath))
        {
            return false;
        }

        try
        {
            using FileStream free = new(LockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Makes the folder and keeps other backups out of it; what lies unfinished in it is then nobody's.</summary>
    /// <exception cref="BackupException">Another backup into it runs.</exception>
    internal FileStream Hold()
    {
        PrivateFolder.Create(Root);
        try
        {
            return new FileStream(LockPath, PrivateFolder.File(FileShare.None));
        }
        catch (IOException) when (File.Exists(LockPath))
        {
            throw new BackupException($"Another backup into {Root} runs.", "Wait until it has ended, then run this one again.");
        }
    }

    internal string Begin(DateTimeOffset now)
    {
        string snapshot = Path.Combine(Root, now.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture));
        if (Directory.Exists(snapshot))
        {
            throw new BackupException($"{snapshot} is there already.", "Wait a second, then run the backup again.");
        }

        PrivateFolder.Create(Root);
        PrivateFolder.Create(Blobs.Root);
        Directory.CreateDirectory(Blobs.Incoming);
        Blobs.Sweep(DateTimeOffset.MaxValue);
        PrivateFolder.Create(snapshot);
        return snapshot;
    }

    /// <exception cref="BackupException">It cannot be read, or another version made it.</exception>
    internal static BackupManifest Read(string snapshot)
    {
        try
        {
            BackupManifest? manifest = JsonSerializer.Deserialize(
                File.ReadAllBytes(Path.Combine(snapshot, ManifestName)), BackupJson.Default.BackupManifest);
            return manifest is { Format: BackupManifest.CurrentFormat }
                ? manifest
                : throw new BackupException("Another version of RecordHub made this backup.", "Use that version to restore it.");
        }
        catch (JsonException)
        {
            throw new BackupException($"The manifest in {snapshot} cannot be read.", "Use another backup.");
        }
    }

    /// <summary>The list of a backup's blobs.</summary>
    internal static IEnumerable<BackupBlob> List(string snapshot) =>
        File.ReadLines(Path.Combine(snapshot, ListName)).Where(line => line.Length > 0)
            .Select(line => ToBlob(line)
                ?? throw new BackupException($"The list of blobs in {snapshot} cannot be read.", "Use another backup."));

    private static bool IsPartOfUnfinished(string file) => Path.GetFileName(file) is
        ListName or ManifestName + ".draft" or "recordhub.db" or "recordhub.db-journal"
        || Path.GetExtension(file) == ".copy";

    private static BackupBlob? ToBlob(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, BackupJson.Default.BackupBlob) is { } blob
                && ContentHash.TryParse(blob.Blob, out _) ? blob : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A new file of the backup, for its owner alone.</summary>
    internal static FileStream Create(string path)
    {
        FileStream file = new(path, PrivateFolder.File(FileShare.None));
        file.SetLength(0);
        return file;
    }
}
