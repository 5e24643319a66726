using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Saves and deletes FHIR resources, with their history and their search index: what a transaction does last.
/// </summary>
internal static class ResourceWrite
{
    /// <summary>What <see cref="Session.Lock"/> calls a resource.</summary>
    internal static string LockOf((string Type, string Id) resource) => $"resource {resource.Type}/{resource.Id}";

    /// <summary>
    /// Makes a new version of each resource whose content is not what it was, and one that says that it is gone of each
    /// that is deleted; one that is gone already, or never was, stays so.
    /// </summary>
    internal static async ValueTask SaveAsync(
        Session session, IEnumerable<StoredResource> saved, IReadOnlyCollection<(string Type, string Id)> deleted, long now)
    {
        // Of one that is there twice the last stands.
        List<StoredResource> resources = [.. saved.Reverse().DistinctBy(one => (one.Type, one.Id)).Reverse()];
        List<(string Type, string Id)> names = [.. resources.Select(one => (one.Type, one.Id)), .. deleted];
        session.Lock(names.Select(LockOf));
        Dictionary<(string Type, string Id), Current> known = await ReadAsync(session, names).ConfigureAwait(false);
        List<(StoredResource Resource, Current? Former)> changed =
        [
            .. resources.Select(one => (Resource: one, Former: known.GetValueOrDefault((one.Type, one.Id))))
                .Where(one => one.Former?.IsLike(one.Resource) != true),
        ];
        List<Current> gone = [.. deleted.Select(one => known.GetValueOrDefault(one)).OfType<Current>().Where(one => !one.Deleted)];
        if (changed.Count + gone.Count == 0)
        {
            return;
        }

        Archive(session, [.. changed.Select(one => one.Former).OfType<Current>(), .. gone]);
        long seq = await TakeNumbersAsync(session, changed.Count + gone.Count).ConfigureAwait(false);
        List<(long, StoredResource, bool)> index = [];
        foreach ((StoredResource resource, Current? former) in changed)
        {
            long key = former?.Key ?? seq;
            Save(session, resource, key, seq++, (former?.Version ?? 0) + 1, now);
            index.Add((key, resource, former is null));
        }

        await IndexWrite.SaveAsync(session, index, gone.Select(static one => one.Key)).ConfigureAwait(false);
        foreach (Current one in gone)
        {
            session.Write(
                """
                UPDATE resource SET seq = $seq, version = version + 1, last_updated = $now, deleted = 1, json = $nothing
                WHERE key = $key
                """,
                ("$seq", seq++), ("$now", now), ("$nothing", Array.Empty<byte>()), ("$key", one.Key));
        }
    }

    /// <summary>
    /// Earlier versions show what does not belong there any more: they go, for good. The version numbers go on.
    /// </summary>
    internal static void ForgetHistory(Session session, string type, string id) => session.Write(
        "DELETE FROM resource_history WHERE type = $type AND id = $id", ("$type", type), ("$id", id));

    private static async ValueTask<Dictionary<(string Type, string Id), Current>> ReadAsync(
        Session session, List<(string Type, string Id)> names)
    {
        Dictionary<(string Type, string Id), Current> known = [];
        foreach (IGrouping<string, (string Type, string Id)> type in names.GroupBy(one => one.Type, StringComparer.Ordinal))
        {
            foreach (Current one in await session.QueryAsync(
                $"""
                SELECT key, type, id, version, deleted, case_number, patient_id, json
                FROM resource WHERE type = $type AND {session.Dialect.In("id", "$ids")}
                """,
                static row => new Current(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4) != 0, row.GetCase(5),
                    row.GetText(6), row.GetBytes(7).ToArray()),
                ("$type", type.Key), ("$ids", session.Dialect.List(type.Select(one => one.Id)))).ConfigureAwait(false))
            {
                known.Add((one.Type, one.Id), one);
            }
        }

        return known;
    }

    /// <summary>
    /// The first of the next numbers in the order of changes. The counter's row is ours until the commit, so a number is
    /// visible only when all lower ones are: a reader who has come to a number can have passed over none that is committed
    /// later. A sequence would not do: it hands out numbers in one order, and commits come in another. That it makes
    /// changes of resources commit one after the other is the price, and why it is the last thing that is waited for.
    /// </summary>
    private static async ValueTask<long> TakeNumbersAsync(Session session, int count) => await session.NumberAsync(
        "UPDATE change_counter SET last = last + $count RETURNING last", ("$count", count)).ConfigureAwait(false)
        - count + 1;

    private static void Archive(Session session, IEnumerable<Current> replaced) => session.Write(
        $"""
        INSERT INTO resource_history
          (type, id, version, last_updated, deleted, case_number, patient_id, record_id, json)
        SELECT type, id, version, last_updated, deleted, case_number, patient_id, record_id, json
        FROM resource WHERE {session.Dialect.In("key", "$keys")}
        """,
        ("$keys", session.Dialect.List(replaced.Select(static one => one.Key))));

    private static void Save(Session session, StoredResource resource, long key, long seq, int version, long now) =>
        session.Write(
            """
            INSERT INTO resource (key, seq, type, id, version, last_updated, deleted, case_number, patient_id, record_id, json)
            VALUES ($key, $seq, $type, $id, $version, $now, 0, $case, $patient, $record, $json)
            ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, version = excluded.version,
              last_updated = excluded.last_updated, deleted = 0, case_number = excluded.case_number,
              patient_id = excluded.patient_id, record_id = excluded.record_id, json = excluded.json
            """,
            ("$key", key), ("$seq", seq), ("$type", resource.Type), ("$id", resource.Id), ("$version", version),
            ("$now", now), ("$case", resource.Case.Value), ("$patient", resource.PatientId),
            ("$record", resource.RecordId), ("$json", resource.Json.ToArray()));

    private sealed record Current(
        long Key, string Type, string Id, int Version, bool Deleted, CaseNumber Case, string? PatientId, byte[] Json)
    {
        internal bool IsLike(StoredResource resource) => !Deleted && Case == resource.Case
            && PatientId == resource.PatientId && resource.Json.Span.SequenceEqual(Json);

        public override string ToString() => nameof(Current);
    }
}
