using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Keeps a blob from being removed while somebody begins to name it. Who removes one condemns it first, if no row names
/// it; who begins to name one looks whether it is condemned. Both do so under the blob's lock, so one of the two sees the
/// other. A blob stays condemned for a while after it is gone: whoever found it there before has given up by then.
/// </summary>
internal static class CondemnedBlobs
{
    /// <summary>How long a removal may take before another process does it again.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The longest time between storing a blob and committing the row that names it.</summary>
    internal static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(1);

    /// <summary>What <see cref="Session.Lock"/> calls a blob.</summary>
    internal static string LockOf(ContentHash blob) => $"blob {blob}";

    /// <summary>Condemns a blob; false when a row names it. Its bytes may be removed when this is committed.</summary>
    internal static async ValueTask<bool> TryAddAsync(Session session, ContentHash blob, DateTimeOffset now)
    {
        session.Lock([LockOf(blob)]);
        if (await BlobRows.IsNamedAsync(session, blob).ConfigureAwait(false))
        {
            return false;
        }

        Hold(session, blob, now + Patience);
        return true;
    }

    /// <summary>It is gone.</summary>
    internal static void Settle(Session session, ContentHash blob, DateTimeOffset now) =>
        Hold(session, blob, now + Afterwards);

    /// <summary>Those of the blobs that are being removed or just were; the transaction holds the locks of all.</summary>
    internal static async ValueTask<IReadOnlySet<ContentHash>> AmongAsync(
        Session session, IEnumerable<ContentHash> blobs, long now)
    {
        ContentHash[] named = [.. blobs.Distinct()];
        return named.Length == 0 ? new HashSet<ContentHash>() : (await session.QueryAsync(
            $"SELECT blob FROM condemned_blob WHERE until > $now AND {session.Dialect.InBytes("blob", "$blobs")}",
            static row => row.GetHash(0),
            ("$now", now), ("$blobs", session.Dialect.List(named.Select(blob => blob.Bytes())))).ConfigureAwait(false)).ToHashSet();
    }

    private static void Hold(Session session, ContentHash blob, DateTimeOffset until) => session.Write(
        """
        INSERT INTO condemned_blob (blob, until) VALUES ($blob, $until)
        ON CONFLICT (blob) DO UPDATE SET until = excluded.until
        """,
        ("$blob", blob.Bytes()), ("$until", until.ToUnixTimeMilliseconds()));
}
