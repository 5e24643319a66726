using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Indexes anew what an upgrade says that the index knows too little of, some at a time. Several processes may do it at once: each
/// takes what no other has.
/// </summary>
internal static class OwedIndex
{
    private const int Together = 200;

    internal static async Task PayAsync(Database database, CancellationToken cancellationToken)
    {
        bool owes = await database.ReadAsync(
            static session => session.AnyAsync("SELECT 1 FROM index_owed LIMIT 1"), cancellationToken).ConfigureAwait(false);
        while (owes && await database.WriteAsync(PayAsync, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // False when nothing is owed.
    private static async ValueTask<bool> PayAsync(Session session)
    {
        List<long> keys = await session.QueryAsync(
            $"SELECT resource FROM index_owed ORDER BY resource LIMIT {Together} {session.Dialect.RowLockSkippingHeld}",
            static row => row.GetInt64(0)).ConfigureAwait(false);
        if (keys.Count == 0)
        {
            return false;
        }

        string condition = $"deleted = 0 AND {session.Dialect.In("key", "$keys")}";
        (string, SqlValue)[] parameters = [("$keys", session.Dialect.List(keys))];
        session.Lock((await session.QueryAsync(
            $"SELECT type, id FROM resource WHERE {condition}", static row => (row.GetString(0), row.GetString(1)), parameters).ConfigureAwait(false))
            .Select(ResourceWrite.LockOf));
        List<(long, StoredResource, bool)> owed = await session.QueryAsync(
            $"SELECT {ResourceRows.Columns}, r.key FROM resource r WHERE {condition}",
            static row => (row.GetInt64(ResourceRows.Count), Indexed(ResourceRows.ToVersion(row)), false),
            parameters).ConfigureAwait(false);
        await IndexWrite.SaveAsync(session, owed, []).ConfigureAwait(false);
        session.Write($"DELETE FROM index_owed WHERE {session.Dialect.In("resource", "$keys")}", parameters);
        return true;
    }

    private static StoredResource Indexed(ResourceVersion version) => new()
    {
        Type = version.Type,
        Id = version.Id,
        Case = version.Case,
        PatientId = version.PatientId,
        RecordId = version.RecordId,
        Json = version.Json,
        Index = FhirIndexer.Index(version.Type, version.Json.Span),
    };
}
