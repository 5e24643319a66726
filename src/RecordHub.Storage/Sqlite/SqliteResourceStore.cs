using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>FHIR resources with their history, and the ranges served as Binary.</summary>
internal sealed class SqliteResourceStore(SqliteDatabase database, TimeProvider time) : IResourceStore
{
    /// <inheritdoc />
    public Task<ResourceVersion?> ReadAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Read(session, type, id, scope), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> HistoryAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ResourceVersion>>(
            session => Read(session, type, id, scope) is not { } current ? [] :
            [
                current,
                .. session.Query(
                    $"""
                    SELECT {ResourceRows.Columns} FROM resource_history r
                    WHERE r.type = $type AND r.id = $id ORDER BY r.version DESC
                    """,
                    ResourceRows.ToVersion, ("$type", type), ("$id", id)),
            ],
            cancellationToken);

    /// <inheritdoc />
    public Task<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Search(session, query), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> ListCaseAsync(
        CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ResourceVersion>>(
            session => session.Query(
                $"""
                SELECT {ResourceRows.Columns} FROM resource r WHERE r.deleted = 0 AND r.case_number = $case
                UNION ALL
                SELECT {ResourceRows.Columns} FROM resource r JOIN case_file c ON c.patient_id = r.id
                WHERE r.deleted = 0 AND r.type = 'Patient' AND r.case_number <> $case AND c.number = $case
                ORDER BY 1, 2
                """,
                ResourceRows.ToVersion, ("$case", number.Value)),
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredBinary?> FindBinaryAsync(string id, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First(
                $"SELECT {BinaryRows.Columns} FROM binary b WHERE b.id = $id AND {Scope.Condition(scope, "b.case_number")}",
                BinaryRows.ToBinary, ("$id", id), Scope.Parameter(scope)),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredBinary>> ListBinariesAsync(
        CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredBinary>>(
            session => session.Query(
                $"SELECT {BinaryRows.Columns} FROM binary b WHERE b.case_number = $case ORDER BY b.id",
                BinaryRows.ToBinary, ("$case", number.Value)),
            cancellationToken);

    private static ResourceVersion? Read(SqliteSession session, string type, string id, AccessScope scope) =>
        session.First(
            $"""
            SELECT {ResourceRows.Columns} FROM resource r
            WHERE r.type = $type AND r.id = $id AND {Scope.ResourceCondition(scope)}
            """,
            ResourceRows.ToVersion, ("$type", type), ("$id", id), Scope.Parameter(scope));

    private ResourcePage Search(SqliteSession session, ResourceQuery query)
    {
        ResourceConditions conditions = new(query, time.GetUtcNow().ToUnixTimeMilliseconds());
        long? total = query.WithTotal || query.Count == 0
            ? session.Number($"SELECT COUNT(*) FROM resource r WHERE {conditions.Sql}", [.. conditions.Parameters])
            : null;
        if (query.Count == 0)
        {
            return new ResourcePage([], total, null);
        }

        // One more than asked for tells whether there is a next page.
        List<(ResourceVersion Version, long Seq)> rows = session.Query(
            $"""
            SELECT {ResourceRows.Columns}, r.seq FROM resource r WHERE {conditions.Sql} AND r.seq > $after
            ORDER BY r.seq LIMIT $count
            """,
            static row => (ResourceRows.ToVersion(row), row.GetInt64(9)),
            [.. conditions.Parameters, ("$after", query.After ?? 0), ("$count", query.Count + 1L)]);
        bool more = rows.Count > query.Count;
        List<(ResourceVersion Version, long Seq)> page = more ? rows[..query.Count] : rows;
        return new ResourcePage([.. page.Select(row => row.Version)], total, more ? page[^1].Seq : null);
    }
}
