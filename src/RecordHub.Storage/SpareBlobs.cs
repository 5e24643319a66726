using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>Removes blobs that a receipt found superfluous, once nothing names them.</summary>
internal sealed class SpareBlobs(Database database, FileBlobStore blobs, TimeProvider time)
{
    private static readonly TimeSpan s_age = TimeSpan.FromHours(1);

    /// <summary>
    /// Looks at every candidate inside a write, so that no other sweep does the same; a blob that was written or used
    /// within the hour stays, because its row may be about to be committed.
    /// </summary>
    internal Task<int> SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(SweepAsync, cancellationToken);

    private async ValueTask<int> SweepAsync(Session session)
    {
        session.Lock(["sweep"]);
        DateTimeOffset before = time.GetUtcNow() - s_age;
        List<ContentHash> candidates = await session.QueryAsync(
            "SELECT blob FROM spare_blob WHERE since < $before LIMIT 1000",
            static row => row.GetHash(0), ("$before", before.ToUnixTimeMilliseconds())).ConfigureAwait(false);
        int removed = 0;
        foreach (ContentHash hash in candidates)
        {
            bool named = await session.AnyAsync(
                """
                SELECT 1 FROM item WHERE blob = $blob UNION ALL SELECT 1 FROM instance WHERE blob = $blob
                UNION ALL SELECT 1 FROM "binary" WHERE blob = $blob UNION ALL SELECT 1 FROM package WHERE digest = $blob
                LIMIT 1
                """,
                ("$blob", hash.Bytes())).ConfigureAwait(false);
            if (!named && blobs.LastTouched(hash) is { } touched)
            {
                if (touched >= before)
                {
                    continue;
                }

                blobs.Delete(hash);
                removed++;
            }

            session.Write("DELETE FROM spare_blob WHERE blob = $blob", ("$blob", hash.Bytes()));
        }

        return removed;
    }
}
