using RecordHub.Storage.Blobs;
using RecordHub.Storage.Purging;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>
/// Removes blobs that no row ever came to name: those of a process that died between storing a blob and committing its row.
/// Each hour looks at some of the hashes' first bytes, each day at all.
/// </summary>
internal sealed class OrphanBlobs(Database database, IBlobListing listing, BlobRemoval removal, TimeProvider time)
{
    private const int Hours = 24;

    /// <summary>Much longer than anybody is between storing and naming.</summary>
    private static readonly TimeSpan s_age = TimeSpan.FromHours(24);

    /// <summary>Looks at this hour's share; gives how many were removed.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        int removed = 0;
        for (int first = now.Hour; first <= byte.MaxValue; first += Hours)
        {
            await foreach (StoredBlob blob in listing.ListAsync((byte)first, cancellationToken).ConfigureAwait(false))
            {
                if (blob.Touched < now - s_age && !await IsNamedAsync(blob, cancellationToken).ConfigureAwait(false)
                    && await removal.TryRemoveAsync(blob.Hash, cancellationToken).ConfigureAwait(false))
                {
                    removed++;
                }
            }
        }

        return removed;
    }

    // Without the lock that a removal takes: most are named, and reading is all that they cost.
    private Task<bool> IsNamedAsync(StoredBlob blob, CancellationToken cancellationToken) => database.ReadAsync(
        session => BlobRows.IsNamedAsync(session, blob.Hash), cancellationToken);
}
