using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>FHIR resources with their history, and the ranges served as Binary.</summary>
internal sealed class ResourceStore(Database database, TimeProvider time) : IResourceStore
{
    /// <inheritdoc />
    public Task<ResourceVersion?> ReadAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ReadAsync(session, type, id, scope), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> HistoryAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ResourceVersion>>(
            async session => await ReadAsync(session, type, id, scope).ConfigureAwait(false) is not { } current ? [] :
            [
                current,
                .. await session.QueryAsync(
                    $"""
                    SELECT {ResourceRows.Columns} FROM resource_history r
                    WHERE r.type = $type AND r.id = $id ORDER BY r.version DESC
                    """,
                    ResourceRows.ToVersion, ("$type", type), ("$id", id)).ConfigureAwait(false),
            ],
            cancellationToken);

    /// <inheritdoc />
    public Task<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) =>
        database.SearchAsync(session => SearchAsync(session, query), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> FindPatientsAsync(
        IReadOnlyList<string> keys, int count, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ResourceVersion>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {ResourceRows.Columns}
                FROM (
                  SELECT x.resource, COUNT(*) AS keys FROM resource_index x
                  WHERE x.type = 'Patient' AND x.parameter = '_match' AND {session.Dialect.In("x.value", "$keys")}
                  GROUP BY x.resource
                ) found JOIN resource r ON r.key = found.resource
                WHERE r.deleted = 0 AND {Scope.ResourceCondition(session.Dialect, scope)}
                ORDER BY found.keys DESC, r.id LIMIT $count
                """,
                ResourceRows.ToVersion,
                [
                    ("$keys", session.Dialect.List(keys.Select(IndexText.Of).OfType<string>())), ("$count", (long)count),
                    .. Scope.Parameters(session.Dialect, scope),
                ]).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> ListCaseAsync(
        CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ResourceVersion>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {ResourceRows.Columns} FROM resource r WHERE r.deleted = 0 AND r.case_number = $case
                UNION ALL
                SELECT {ResourceRows.Columns} FROM resource r JOIN case_file c ON c.patient_id = r.id
                WHERE r.deleted = 0 AND r.type = 'Patient' AND r.case_number <> $case AND c.number = $case
                ORDER BY 1, 2
                """,
                ResourceRows.ToVersion, ("$case", number.Value)).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredBinary?> FindBinaryAsync(string id, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync(
                $"""
                SELECT {BinaryRows.Columns} FROM "binary" b
                WHERE b.id = $id AND {Scope.Condition(session.Dialect, scope, "b.case_number")}
                """,
                BinaryRows.ToBinary, [("$id", id), .. Scope.Parameters(session.Dialect, scope)]),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredBinary>> ListBinariesAsync(
        CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredBinary>>(
            async session => await session.QueryAsync(
                $"SELECT {BinaryRows.Columns} FROM \"binary\" b WHERE b.case_number = $case ORDER BY b.id",
                BinaryRows.ToBinary, ("$case", number.Value)).ConfigureAwait(false),
            cancellationToken);

    private static ValueTask<ResourceVersion?> ReadAsync(Session session, string type, string id, AccessScope scope) =>
        session.FirstAsync(
            $"""
            SELECT {ResourceRows.Columns} FROM resource r
            WHERE r.type = $type AND r.id = $id AND {Scope.ResourceCondition(session.Dialect, scope)}
            """,
            ResourceRows.ToVersion,
            [("$type", type), ("$id", id), .. Scope.Parameters(session.Dialect, scope)]);

    private async ValueTask<ResourcePage> SearchAsync(Session session, ResourceQuery query)
    {
        ResourceConditions conditions = new(session.Dialect, query, time.GetUtcNow().ToUnixTimeMilliseconds());
        await ExactTexts.NarrowAsync(session, query, conditions).ConfigureAwait(false);
        long? total = query.WithTotal || query.Count == 0
            ? await session.NumberAsync(
                $"SELECT COUNT(*) FROM resource r WHERE {conditions.Sql}", [.. conditions.Parameters]).ConfigureAwait(false)
            : null;
        if (query.Count == 0)
        {
            return new ResourcePage([], total, null);
        }

        // One more than asked for tells whether there is a next page.
        ResourceOrder order = new(conditions, query);
        List<(ResourceVersion Version, long Key, string Position)> rows = await session.QueryAsync(
            order.Page(query.After, query.Count + 1),
            row => (ResourceRows.ToVersion(row), row.GetInt64(ResourceRows.Count), order.PositionOf(row)),
            [.. conditions.Parameters]).ConfigureAwait(false);
        bool more = rows.Count > query.Count;
        List<(ResourceVersion Version, long Key, string Position)> shown = more ? rows[..query.Count] : rows;
        ResourcePage page = new([.. shown.Select(row => row.Version)], total, more ? shown[^1].Position : null);
        return query.Includes.Count == 0 || shown.Count == 0
            ? page
            : await IncludedResources.AddAsync(session, query, page, [.. shown.Select(row => row.Key)]).ConfigureAwait(false);
    }
}
