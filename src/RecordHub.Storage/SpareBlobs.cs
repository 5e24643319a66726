using RecordHub.Core.Intake;
using RecordHub.Storage.Purging;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>Removes blobs that a receipt found superfluous, once nothing names them: from a folder or an object store.</summary>
internal sealed class SpareBlobs(Database database, IBlobStore blobs, TimeProvider time)
{
    private const int MostAtOnce = 1000;
    private static readonly TimeSpan s_age = TimeSpan.FromHours(1);

    private readonly BlobRemoval _removal = new(database, blobs, time);

    /// <summary>Removes what has been superfluous for an hour, and ends removals that a process died in.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        int removed = 0;
        foreach (ContentHash blob in await ListAsync(
            "SELECT blob FROM spare_blob WHERE since < $before LIMIT $count", now - s_age, cancellationToken).ConfigureAwait(false))
        {
            if (await _removal.TryRemoveAsync(blob, cancellationToken).ConfigureAwait(false))
            {
                removed++;
            }
            else
            {
                await ForgetAsync("spare_blob", blob, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (ContentHash blob in await ListAsync(
            "SELECT blob FROM condemned_blob WHERE until < $before LIMIT $count", now, cancellationToken).ConfigureAwait(false))
        {
            bool gone = await blobs.FindLengthAsync(blob, cancellationToken).ConfigureAwait(false) is null;
            if (gone)
            {
                await database.WriteAsync(session => ForgetGoneAsync(session, blob), cancellationToken).ConfigureAwait(false);
            }
            else if (!await _removal.TryRemoveAsync(blob, cancellationToken).ConfigureAwait(false))
            {
                await ForgetAsync("condemned_blob", blob, cancellationToken).ConfigureAwait(false);
            }
        }

        return removed;
    }

    private Task<List<ContentHash>> ListAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.QueryAsync(
                sql, static row => row.GetHash(0), ("$before", before.ToUnixTimeMilliseconds()), ("$count", MostAtOnce)),
            cancellationToken);

    // The process may have died before it noted that the bytes are gone.
    private static async ValueTask<bool> ForgetGoneAsync(Session session, ContentHash blob)
    {
        await BlobRows.RemoveAsync(session, blob).ConfigureAwait(false);
        session.Write("DELETE FROM condemned_blob WHERE blob = $blob", ("$blob", blob.Bytes()));
        return true;
    }

    private Task<int> ForgetAsync(string table, ContentHash blob, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync($"DELETE FROM {table} WHERE blob = $blob", ("$blob", blob.Bytes())),
            cancellationToken);
}
