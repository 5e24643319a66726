using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage;

/// <summary>Removes blobs that a receipt found superfluous, once nothing names them.</summary>
internal sealed class SpareBlobs(SqliteDatabase database, FileBlobStore blobs, TimeProvider time)
{
    private static readonly TimeSpan s_age = TimeSpan.FromHours(1);

    /// <summary>
    /// Looks at every candidate inside the write lock, so that no row can come to name it meanwhile; one that was written
    /// or used within the hour stays, because its row may be about to be committed.
    /// </summary>
    internal Task<int> SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(Sweep, cancellationToken);

    private int Sweep(SqliteSession session)
    {
        DateTimeOffset before = time.GetUtcNow() - s_age;
        List<ContentHash> candidates = session.Query(
            "SELECT blob FROM spare_blob WHERE since < $before LIMIT 1000",
            static row => row.GetHash(0), ("$before", before.ToUnixTimeMilliseconds()));
        int removed = 0;
        foreach (ContentHash hash in candidates)
        {
            bool named = session.Any(
                """
                SELECT 1 FROM item WHERE blob = $blob UNION ALL SELECT 1 FROM instance WHERE blob = $blob
                UNION ALL SELECT 1 FROM binary WHERE blob = $blob UNION ALL SELECT 1 FROM package WHERE digest = $blob
                """,
                ("$blob", hash.Bytes()));
            if (!named && blobs.LastTouched(hash) is { } touched)
            {
                if (touched >= before)
                {
                    continue;
                }

                blobs.Delete(hash);
                removed++;
            }

            session.Execute("DELETE FROM spare_blob WHERE blob = $blob", ("$blob", hash.Bytes()));
        }

        return removed;
    }
}
