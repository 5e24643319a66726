using System.Text.Json;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;

namespace RecordHub.Storage.Backups;

/// <summary>Writes backups of a store that may be in use, and looks at those that there are.</summary>
public sealed class Backup
{
    private readonly DatabaseCopy _database;
    private readonly IBlobStore _stored;
    private readonly TimeProvider _time;

    internal Backup(DatabaseCopy database, IBlobStore stored, TimeProvider time)
    {
        _database = database;
        _stored = stored;
        _time = time;
    }

    /// <summary>
    /// Writes one state of the database, then the blobs that it names and the folder has not; the manifest last.
    /// </summary>
    /// <exception cref="BackupException">A blob is missing, or the folder cannot be used.</exception>
    public async Task<BackupResult> WriteAsync(
        string folder, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        int schema = await _database.DoneAsync(cancellationToken).ConfigureAwait(false);
        if (schema > _database.Schema)
        {
            throw new BackupException(
                "A newer version of RecordHub made this database, and may keep records where this one does not look for them.",
                "Back it up with that version.");
        }

        BackupFolder backups = new(folder);
        using FileStream held = backups.Hold();
        foreach (string left in backups.Unfinished())
        {
            Directory.Delete(left, recursive: true);
        }

        DateTimeOffset now = _time.GetUtcNow();
        string snapshot = backups.Begin(now);
        bool done = false;
        try
        {
            BackupResult result = await WriteAsync(backups, snapshot, now, schema, progress, cancellationToken).ConfigureAwait(false);
            done = true;
            return result;
        }
        catch (IOException full) when (DiskErrors.IsFull(full))
        {
            throw new BackupException(
                $"There is no room for the backup in {backups.Root}.",
                "Make room there, or name a folder on another disk; what was begun was removed.");
        }
        finally
        {
            if (!done)
            {
                backups.Blobs.Sweep(DateTimeOffset.MaxValue);
                Directory.Delete(snapshot, recursive: true);
            }
        }
    }

    private async Task<BackupResult> WriteAsync(
        BackupFolder backups, string snapshot, DateTimeOffset now, int schema, IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        DatabaseState state = await _database.WriteAsync(snapshot, cancellationToken).ConfigureAwait(false);
        (long bytes, long encrypted, long copied) = await WriteBlobsAsync(
            backups, snapshot, state.Blobs, progress, cancellationToken).ConfigureAwait(false);
        List<BackupPart> parts = [];
        foreach (string file in Directory.EnumerateFiles(snapshot).Order(StringComparer.Ordinal))
        {
            DurableFile.Flush(file);
            parts.Add(new BackupPart(
                Path.GetFileName(file), new FileInfo(file).Length,
                await Digests.OfAsync(file, cancellationToken).ConfigureAwait(false)));
        }

        BackupManifest manifest = new()
        {
            Format = BackupManifest.CurrentFormat,
            Created = now,
            Engine = _database.Engine,
            Schema = schema,
            Store = state.Store,
            Parts = parts,
            Rows = state.Rows,
            Blobs = state.Blobs.Count,
            BlobBytes = bytes,
            EncryptedBlobs = encrypted,
        };
        backups.Flush();
        DurableFile.Write(
            Path.Combine(snapshot, BackupFolder.ManifestName),
            JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest));
        return new BackupResult(snapshot, state.Rows.Values.Sum(), state.Blobs.Count, bytes, copied, []);
    }

    /// <summary>Reads every byte of a backup again, the latest of a folder when none is named.</summary>
    public static async Task<BackupResult> VerifyAsync(
        string path, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        (BackupFolder backups, string snapshot) = BackupFolder.Find(path);
        BackupManifest manifest = BackupFolder.Read(snapshot);
        List<string> problems = await PartProblemsAsync(snapshot, manifest, cancellationToken).ConfigureAwait(false);
        long done = 0;
        foreach (BackupBlob blob in problems.Count > 0 ? [] : BackupFolder.List(snapshot))
        {
            string file = backups.Blobs.PathOf(ContentHash.Parse(blob.Blob));
            if (!File.Exists(file))
            {
                problems.Add($"Blob {blob.Blob} is missing.");
            }
            else if (await Digests.OfAsync(file, cancellationToken).ConfigureAwait(false) != blob.Sha256)
            {
                problems.Add($"Blob {blob.Blob} has other bytes than the backup wrote.");
            }

            done++;
            progress?.Report(new BackupProgress(done, manifest.Blobs, 0));
        }

        if (problems.Count == 0 && done != manifest.Blobs)
        {
            problems.Add("The list of blobs is not as long as the manifest says.");
        }

        return new BackupResult(snapshot, manifest.Rows.Values.Sum(), manifest.Blobs, manifest.BlobBytes, 0, problems);
    }

    internal static async Task<List<string>> PartProblemsAsync(
        string snapshot, BackupManifest manifest, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        foreach (BackupPart part in manifest.Parts)
        {
            string file = Path.Combine(snapshot, Path.GetFileName(part.Name));
            if (!File.Exists(file))
            {
                problems.Add($"{part.Name} is missing.");
            }
            else if (await Digests.OfAsync(file, cancellationToken).ConfigureAwait(false) != part.Sha256)
            {
                problems.Add($"{part.Name} has other bytes than the backup wrote.");
            }
        }

        return problems;
    }

    private async Task<(long Bytes, long Encrypted, long Copied)> WriteBlobsAsync(
        BackupFolder backups, string snapshot, IReadOnlyList<ContentHash> blobs, IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        BackupBlobs copy = new(_stored, backups);
        (long bytes, long encrypted, long copied, long done) = (0, 0, 0, 0);
        FileStream list = BackupFolder.Create(Path.Combine(snapshot, BackupFolder.ListName));
        await using (list.ConfigureAwait(false))
        {
            foreach (ContentHash hash in blobs)
            {
                (BackupBlob blob, bool isNew) = await copy.WriteAsync(hash, cancellationToken).ConfigureAwait(false);
                await list.WriteAsync(
                    JsonSerializer.SerializeToUtf8Bytes(blob, BackupJson.Default.BackupBlob), cancellationToken)
                    .ConfigureAwait(false);
                list.WriteByte((byte)'\n');
                bytes += blob.Length;
                encrypted += blob.Sha256 == blob.Blob ? 0 : 1;
                copied += isNew ? 1 : 0;
                done++;
                progress?.Report(new BackupProgress(done, blobs.Count, copied));
            }

            copy.Flush();
            list.Flush(flushToDisk: true);
        }

        return (bytes, encrypted, copied);
    }
}
