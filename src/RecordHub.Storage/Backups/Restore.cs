using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;

namespace RecordHub.Storage.Backups;

/// <summary>Makes an empty store what a backup says. Blobs come first and the database last: until then there is no store.</summary>
public sealed class Restore
{
    private readonly DatabaseCopy _database;
    private readonly IBlobStore _stored;
    private readonly BlobFolder _folder;
    private readonly IStoreMark _mark;

    internal Restore(DatabaseCopy database, IBlobStore stored, BlobFolder folder, IStoreMark mark)
    {
        _mark = mark;
        _database = database;
        _stored = stored;
        _folder = folder;
    }

    /// <summary>Restores a backup, the latest of a folder when none is named. Run again, an interrupted one goes on.</summary>
    /// <exception cref="BackupException">There is a store already, or the backup is not whole; nothing is then in use.</exception>
    public async Task<BackupResult> RunAsync(
        string path, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        (BackupFolder backups, string snapshot) = BackupFolder.Find(path);
        BackupManifest manifest = BackupFolder.Read(snapshot);
        string? store = manifest.Store ?? _database.StoreOf(snapshot);
        await CheckAsync(snapshot, manifest, store, cancellationToken).ConfigureAwait(false);
        PrivateFolder.Create(_folder.Root);
        Directory.CreateDirectory(_folder.Incoming);

        // Before the first blob: what an interrupted run leaves says whose it is, and nothing else is begun beside it.
        await MarkAsync(store, cancellationToken).ConfigureAwait(false);
        long done = 0;
        foreach (BackupBlob blob in BackupFolder.List(snapshot))
        {
            await LoadAsync(backups, blob, cancellationToken).ConfigureAwait(false);
            done++;
            progress?.Report(new BackupProgress(done, manifest.Blobs, done));
        }

        if (done != manifest.Blobs)
        {
            throw new BackupException("The list of blobs is not as long as the manifest says.", "Restore an earlier backup.");
        }

        await _database.LoadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        await MarkAsync(await _database.StoreAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, long> rows = await _database.CountAsync(cancellationToken).ConfigureAwait(false);
        string[] problems =
        [
            .. manifest.Rows.Where(table => rows.GetValueOrDefault(table.Key) != table.Value)
                .Select(table => $"The table {table.Key} has {rows.GetValueOrDefault(table.Key)} rows instead of {table.Value}."),
        ];
        return new BackupResult(snapshot, rows.Values.Sum(), manifest.Blobs, manifest.BlobBytes, done, problems);
    }

    private async Task MarkAsync(string? store, CancellationToken cancellationToken)
    {
        if (store is not null && await _mark.ReadAsync(cancellationToken).ConfigureAwait(false) != store)
        {
            await _mark.WriteAsync(store, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(
        string snapshot, BackupManifest manifest, string? store, CancellationToken cancellationToken)
    {
        if (manifest.Engine != _database.Engine)
        {
            throw new BackupException(
                $"This is a backup of {manifest.Engine}, and {_database.Engine} is configured here.",
                "Restore it with the same engine: set Database:Connection accordingly. From one to the other there is no way yet.");
        }

        if (manifest.Schema > _database.Schema)
        {
            throw new BackupException(
                "A newer version of RecordHub made this backup.", "Restore it with that version or a later one.");
        }

        if (manifest.Schema < _database.Schema && manifest.Engine == "postgresql")
        {
            throw new BackupException(
                "An older version of RecordHub made this backup.", "Restore it with that version, then start this one: it migrates.");
        }

        if (await _database.OccupiedAsync(cancellationToken).ConfigureAwait(false) is { } occupied)
        {
            throw new BackupException(
                occupied, "Restore into an empty folder or database, and move the old one away first if it is to be replaced.");
        }

        if (await Backup.PartProblemsAsync(snapshot, manifest, cancellationToken).ConfigureAwait(false) is [string first, ..])
        {
            throw new BackupException($"The backup is damaged: {first}", "Restore an earlier backup.");
        }

        // What is left of the same store may stay: the blobs that the backup names are put beside it, or are there.
        if (store is not null && !_mark.IsEmpty
            && await _mark.ReadAsync(cancellationToken).ConfigureAwait(false) is { } marked && store != marked)
        {
            throw new BackupException(
                $"There are blobs of another store in {_mark.Place}.",
                "Restore into an empty folder (or prefix of the bucket), and keep these where they belong.");
        }
    }

    // The digest is compared before the blob has its name.
    private async Task LoadAsync(BackupFolder backups, BackupBlob blob, CancellationToken cancellationToken)
    {
        ContentHash hash = ContentHash.Parse(blob.Blob);
        string file = backups.Blobs.PathOf(hash);
        if (!File.Exists(file))
        {
            throw new BackupException($"The backup is damaged: blob {blob.Blob} is missing.", "Restore an earlier backup.");
        }

        FileStream from = File.OpenRead(file);
        await using (from.ConfigureAwait(false))
        {
            IBlobWriter writer = await _stored.CreateAsync(BlobNaming.ByHash, cancellationToken).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                (_, string digest) = await Digests.CopyAsync(from, writer.WriteAsync, cancellationToken).ConfigureAwait(false);
                if (digest != blob.Sha256)
                {
                    throw new BackupException(
                        $"The backup is damaged: blob {blob.Blob} has other bytes than were written.", "Restore an earlier backup.");
                }

                await writer.CommitAsync(hash, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
