using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Purging;

/// <summary>Removes blobs that nothing names, so that nobody who begins to name one is left without it.</summary>
internal sealed class BlobRemoval(Database database, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Removes a blob for good; false when a row names it.</summary>
    internal async Task<bool> TryRemoveAsync(ContentHash blob, CancellationToken cancellationToken)
    {
        bool condemned = await database.WriteAsync(
            session => CondemnedBlobs.TryAddAsync(session, blob, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        if (!condemned)
        {
            return false;
        }

        await blobs.DeleteAsync(blob, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            async session =>
            {
                await BlobRows.RemoveAsync(session, blob).ConfigureAwait(false);
                CondemnedBlobs.Settle(session, blob, time.GetUtcNow());
                session.Write("DELETE FROM spare_blob WHERE blob = $blob", ("$blob", blob.Bytes()));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }
}
