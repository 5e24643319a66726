using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Sealed package versions.</summary>
internal sealed class PackageStore(Database database, TimeProvider time) : IPackageStore
{
    private const string Columns =
        "case_number, version, digest, length, created_at, created_by, override_reason, entries";

    /// <inheritdoc />
    public Task<bool> SaveAsync(
        PackageVersion version, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken) =>
        database.WriteAsync(session => SaveAsync(session, version, resources), cancellationToken);

    /// <inheritdoc />
    public Task<PackageVersion?> FindAsync(
        CaseNumber number, int? version, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync(
                $"""
                SELECT {Columns} FROM package WHERE case_number = $case{(version is null ? "" : " AND version = $version")}
                  AND {Scope.Condition(session.Dialect, scope, "case_number")}
                ORDER BY version DESC LIMIT 1
                """,
                ToVersion,
                [("$case", number.Value), ("$version", version), .. Scope.Parameters(session.Dialect, scope)]),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PackageVersion>> ListAsync(
        CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PackageVersion>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {Columns} FROM package
                WHERE case_number = $case AND {Scope.Condition(session.Dialect, scope, "case_number")} ORDER BY version
                """,
                ToVersion, [("$case", number.Value), .. Scope.Parameters(session.Dialect, scope)]).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PackageArrival>> ListArrivalsAsync(
        CaseNumber number, DateTimeOffset after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PackageArrival>>(
            async session => await session.QueryAsync(
                """
                SELECT received_at, trace FROM item WHERE filed_case = $case AND filed_case > 0 AND filed_at > $after
                ORDER BY filed_at DESC LIMIT $count
                """,
                static row => new PackageArrival(row.GetTime(0), row.GetText(1)),
                ("$case", number.Value), ("$after", after.ToUnixTimeMilliseconds()), ("$count", count)).ConfigureAwait(false),
            cancellationToken);

    private async ValueTask<bool> SaveAsync(
        Session session, PackageVersion version, IReadOnlyList<StoredResource> resources)
    {
        session.Lock([CondemnedBlobs.LockOf(version.Digest)]);
        if (await PurgedCases.AnyAsync(session, [version.Case]).ConfigureAwait(false)
            || (await CondemnedBlobs.AmongAsync(session, [version.Digest], time.GetUtcNow().ToUnixTimeMilliseconds())
                .ConfigureAwait(false)).Count > 0)
        {
            throw new ConcurrentChangeException("The case was purged, or the same bytes were, while this version was made.");
        }

        int added = await session.ExecuteAsync(
            $"""
            INSERT INTO package ({Columns})
            VALUES ($case, $version, $digest, $length, $at, $by, $reason, $entries) ON CONFLICT DO NOTHING
            """,
            ("$case", version.Case.Value), ("$version", version.Version), ("$digest", version.Digest.Bytes()),
            ("$length", version.Length), ("$at", version.CreatedAt.ToUnixTimeMilliseconds()), ("$by", version.CreatedBy),
            ("$reason", version.OverrideReason), ("$entries", StoredJson.Of(version.Entries))).ConfigureAwait(false);
        if (added == 0)
        {
            return false;
        }

        await ResourceWrite.SaveAsync(session, resources, [], time.GetUtcNow().ToUnixTimeMilliseconds())
            .ConfigureAwait(false);
        return true;
    }

    private static PackageVersion ToVersion(Row row) => new()
    {
        Case = row.GetCase(0),
        Version = row.GetInt32(1),
        Digest = row.GetHash(2),
        Length = row.GetInt64(3),
        CreatedAt = row.GetTime(4),
        CreatedBy = row.GetString(5),
        OverrideReason = row.GetText(6),
        Entries = StoredJson.ToEntries(row.GetString(7)),
    };
}
