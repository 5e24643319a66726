using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>Looks at an open store without changing it, but for an object of its own that comes and goes.</summary>
internal sealed class StoreLook(
    Database database, FileBlobStore folder, VolumeBlobStore volumes, S3BlobStore? objectStore, KeyRing? keys)
{
    private const int Sample = 25;

    internal async Task<StoreFindings> RunAsync(CancellationToken cancellationToken)
    {
        string? away = objectStore is null
            ? null : await objectStore.FindAwayAsync(cancellationToken).ConfigureAwait(false);
        string? fault = objectStore is null || away is not null
            ? null : await objectStore.ProbeAsync(cancellationToken).ConfigureAwait(false);
        List<string> missing = [];
        (int encrypted, int unopened) = (0, 0);
        List<ContentHash> looked = away is null
            ? await database.ReadAsync(SampleAsync, cancellationToken).ConfigureAwait(false) : [];
        foreach (ContentHash hash in looked)
        {
            switch (await HeadAsync(hash, cancellationToken).ConfigureAwait(false))
            {
                case null:
                    missing.Add(hash.ToString());
                    break;
                case { } head when EncryptedFormat.IsEncrypted(head):
                    encrypted++;
                    unopened += keys is null || EncryptedFormat.Unwrap(head, keys) is null ? 1 : 0;
                    break;
                default:
                    break;
            }
        }

        return await database.ReadAsync(
            async session => new StoreFindings
            {
                ObjectStoreAway = away,
                ObjectStoreFault = fault,
                Looked = looked.Count,
                Missing = missing,
                Encrypted = encrypted,
                Unopened = unopened,
                Spare = await session.NumberAsync("SELECT COUNT(*) FROM spare_blob").ConfigureAwait(false),
                Failed = await session.NumberAsync("SELECT COUNT(*) FROM outbox WHERE last_error IS NOT NULL").ConfigureAwait(false),
                UnfinishedPurges = await session.NumberAsync("SELECT COUNT(*) FROM purge WHERE step <> 'Done'").ConfigureAwait(false),
                BrokenJournal = (await OperationLog.CheckAsync(session).ConfigureAwait(false)).Broken,
                Waiting = objectStore is null ? 0 : folder.Folder.Files().Sum(file => new FileInfo(file).Length),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<List<ContentHash>> SampleAsync(Session session)
    {
        List<ContentHash> first = await session.QueryAsync(
            "SELECT blob FROM item ORDER BY seq LIMIT $count", static row => row.GetHash(0), ("$count", Sample))
            .ConfigureAwait(false);
        List<ContentHash> latest = await session.QueryAsync(
            "SELECT blob FROM item ORDER BY seq DESC LIMIT $count", static row => row.GetHash(0), ("$count", Sample))
            .ConfigureAwait(false);
        return [.. first.Concat(latest).Distinct()];
    }

    private async Task<byte[]?> HeadAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        try
        {
            IBlobStore stored = objectStore is null ? volumes : objectStore;
            Stream stream = await stored.OpenAsync(hash, 0, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                byte[] head = new byte[EncryptedFormat.HeaderLength];
                int read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken)
                    .ConfigureAwait(false);
                return head[..read];
            }
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }
}
