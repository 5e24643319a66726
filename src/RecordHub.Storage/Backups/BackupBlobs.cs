using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;

namespace RecordHub.Storage.Backups;

/// <summary>Copies blobs as they are stored into the folder that all backups share.</summary>
internal sealed class BackupBlobs(IBlobStore stored, BackupFolder backups)
{
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>Returns when the names of all blobs that were written, or found, are on the disk.</summary>
    internal void Flush()
    {
        foreach (string folder in _folders)
        {
            FolderSync.Flush(folder);
        }
    }

    /// <summary>Copies a blob unless it is there; gives what is there now, and whether it was copied.</summary>
    /// <exception cref="BackupException">The store has it no more, or other bytes than its name says.</exception>
    internal async Task<(BackupBlob Blob, bool IsNew)> WriteAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        Stream source = await OpenAsync(hash, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            string place = backups.Blobs.PathOf(hash);
            _folders.Add(Path.GetDirectoryName(place) ?? place);
            byte[] head = new byte[EncryptedFormat.HeaderLength];
            int count = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            bool encrypted = EncryptedFormat.IsEncrypted(head.AsSpan(0, count));
            if (await IsThereAsync(place, source.Length, head.AsMemory(0, count), cancellationToken).ConfigureAwait(false))
            {
                string digest = encrypted
                    ? await Digests.OfAsync(place, cancellationToken).ConfigureAwait(false) : hash.ToString();
                return (new BackupBlob(hash.ToString(), source.Length, digest), false);
            }

            source.Position = 0;
            return (await CopyAsync(hash, source, place, encrypted, cancellationToken).ConfigureAwait(false), true);
        }
    }

    private async Task<Stream> OpenAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.OpenAsync(hash, 0, cancellationToken).ConfigureAwait(false);
        }
        catch (BlobMissingException)
        {
            throw new BackupException(
                $"Blob {hash} is missing in the blob store; this backup is not whole and has no manifest.",
                "If a case was purged meanwhile, run the backup again. Otherwise the store has lost it: take it from an "
                + "earlier backup, and run 'recordhub doctor'.");
        }
    }

    // The same length and head: an encrypted one whose key was wrapped anew since is copied again.
    private static async Task<bool> IsThereAsync(
        string place, long length, ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        if (new FileInfo(place) is not { Exists: true } there || there.Length != length)
        {
            return false;
        }

        FileStream file = File.OpenRead(place);
        await using (file.ConfigureAwait(false))
        {
            byte[] first = new byte[head.Length];
            await file.ReadExactlyAsync(first, cancellationToken).ConfigureAwait(false);
            return first.AsSpan().SequenceEqual(head.Span);
        }
    }

    private async Task<BackupBlob> CopyAsync(
        ContentHash hash, Stream source, string place, bool encrypted, CancellationToken cancellationToken)
    {
        string draft = Path.Combine(backups.Blobs.Incoming, Guid.NewGuid().ToString("N"));
        FileStream file = BackupFolder.Create(draft);
        (long length, string digest) copied;
        await using (file.ConfigureAwait(false))
        {
            copied = await Digests.CopyAsync(source, file.WriteAsync, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        if (!encrypted && copied.digest != hash.ToString())
        {
            File.Delete(draft);
            throw new BackupException(
                $"Blob {hash} has other bytes than its name says; this backup is not whole and has no manifest.",
                "The disk has changed it: take it from an earlier backup, and check the disk.");
        }

        backups.Blobs.Prepare(hash);
        File.Move(draft, place, overwrite: true);
        return new BackupBlob(hash.ToString(), copied.length, copied.digest);
    }
}
