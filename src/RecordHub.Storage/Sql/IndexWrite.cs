using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Keeps the search index of resources: a row for each value of each of their search parameters.</summary>
internal static class IndexWrite
{
    // Fewer are written anew as quickly as it is found out which of them are new.
    private const int Many = 32;

    /// <summary>
    /// Makes the rows those of the new versions. A study that grows names each of its instances: only what it names more
    /// than before is written.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="saved">The resources, and their keys; a former version may have rows unless the resource is new.</param>
    /// <param name="gone">The keys of those that are deleted.</param>
    internal static async ValueTask SaveAsync(
        Session session, IReadOnlyList<(long Key, StoredResource Resource, bool IsNew)> saved, IEnumerable<long> gone)
    {
        List<SqlValue[]> rows = [];
        List<long> anew = [.. gone];
        foreach ((long key, StoredResource resource, bool isNew) in saved)
        {
            List<IndexEntry> entries = [.. resource.Index.Select(static entry => entry with { Value = IndexText.Of(entry.Value) })];
            if (!isNew && (entries.Count < Many || !TryTakeAway(entries, await ReadAsync(session, key).ConfigureAwait(false))))
            {
                anew.Add(key);
            }

            rows.AddRange(entries.Select(entry => new SqlValue[]
            {
                key, resource.Type, entry.Parameter, (int)entry.Kind, entry.System, entry.Value, entry.Low, entry.High,
            }));
        }

        if (anew.Count > 0)
        {
            session.Write(
                $"DELETE FROM resource_index WHERE {session.Dialect.In("resource", "$keys")}", ("$keys", session.Dialect.List(anew)));
        }

        session.Insert("resource_index", "resource, type, parameter, kind, system, value, low, high", rows);
    }

    /// <summary>Takes away what is there already; nothing, and false, when something is there that is not to be.</summary>
    private static bool TryTakeAway(List<IndexEntry> entries, List<IndexEntry> there)
    {
        Dictionary<IndexEntry, int> counts = [];
        foreach (IndexEntry entry in there)
        {
            counts[entry] = counts.GetValueOrDefault(entry) + 1;
        }

        List<IndexEntry> rest = [];
        int found = 0;
        foreach (IndexEntry entry in entries)
        {
            if (counts.GetValueOrDefault(entry) is > 0 and int left)
            {
                counts[entry] = left - 1;
                found++;
            }
            else
            {
                rest.Add(entry);
            }
        }

        if (found < there.Count)
        {
            return false;
        }

        entries.Clear();
        entries.AddRange(rest);
        return true;
    }

    private static ValueTask<List<IndexEntry>> ReadAsync(Session session, long key) => session.QueryAsync(
        "SELECT parameter, kind, system, value, low, high FROM resource_index WHERE resource = $key",
        static row => new IndexEntry(
            row.GetString(0), (IndexKind)row.GetInt32(1), row.GetText(2), row.GetText(3),
            row.IsNull(4) ? null : row.GetInt64(4), row.IsNull(5) ? null : row.GetInt64(5)),
        ("$key", key));
}
