using Microsoft.Data.Sqlite;
using RecordHub.Core.Cases;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Sealed package versions.</summary>
internal sealed class SqlitePackageStore(SqliteDatabase database, TimeProvider time) : IPackageStore
{
    private const string Columns =
        "case_number, version, digest, length, created_at, created_by, override_reason, entries";

    /// <inheritdoc />
    public Task<bool> SaveAsync(
        PackageVersion version, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Save(session, version, resources), cancellationToken);

    /// <inheritdoc />
    public Task<PackageVersion?> FindAsync(CaseNumber number, int? version, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First(
                $"""
                SELECT {Columns} FROM package WHERE case_number = $case AND ($version IS NULL OR version = $version)
                ORDER BY version DESC LIMIT 1
                """,
                ToVersion, ("$case", number.Value), ("$version", version)),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PackageVersion>> ListAsync(CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PackageVersion>>(
            session => session.Query(
                $"SELECT {Columns} FROM package WHERE case_number = $case ORDER BY version",
                ToVersion, ("$case", number.Value)),
            cancellationToken);

    private bool Save(SqliteSession session, PackageVersion version, IReadOnlyList<StoredResource> resources)
    {
        int added = session.Execute(
            $"""
            INSERT OR IGNORE INTO package ({Columns})
            VALUES ($case, $version, $digest, $length, $at, $by, $reason, $entries)
            """,
            ("$case", version.Case.Value), ("$version", version.Version), ("$digest", version.Digest.Bytes()),
            ("$length", version.Length), ("$at", version.CreatedAt.ToUnixTimeMilliseconds()), ("$by", version.CreatedBy),
            ("$reason", version.OverrideReason), ("$entries", StoredJson.Of(version.Entries)));
        if (added == 0)
        {
            return false;
        }

        ResourceWrite write = new(session, time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (StoredResource resource in resources)
        {
            write.Save(resource);
        }

        return true;
    }

    private static PackageVersion ToVersion(SqliteDataReader row) => new()
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
