using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Uploads;

namespace RecordHub.Storage.Sql;

/// <summary>Upload links, by the hash of their secret.</summary>
internal sealed class UploadLinkStore(Database database) : IUploadLinkStore
{
    private const string Columns =
        "l.id, l.case_number, l.hash, l.label, l.created_by, l.created_at, l.expires_at, l.ended_at, l.files, l.bytes";

    /// <inheritdoc />
    public Task<bool> AddAsync(UploadLink link, int most, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AddAsync(session, link, most), cancellationToken);

    /// <inheritdoc />
    public Task<FoundUploadLink?> FindAsync(ContentHash hash, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns}, c.tenant, c.status FROM upload_link l JOIN case_file c ON c.number = l.case_number WHERE l.hash = $hash",
            static row => new FoundUploadLink(ToLink(row), Tenant.Parse(row.GetString(10)), row.GetString(11)),
            ("$hash", hash.Bytes())),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<UploadLink>> ListAsync(CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<UploadLink>>(
            async session => await session.QueryAsync(
                $"SELECT {Columns} FROM upload_link l WHERE l.case_number = $case ORDER BY l.created_at, l.id",
                ToLink, ("$case", number.Value)).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> RevokeAsync(
        CaseNumber number, string id, string by, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(
                    """
                    UPDATE upload_link SET ended_at = $at
                    WHERE id = $id AND case_number = $case AND ended_at IS NULL AND expires_at > $at
                    """,
                    ("$at", at.ToUnixTimeMilliseconds()), ("$id", id), ("$case", number.Value)).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                await OperationLog.AppendAsync(session, new OperationEntry(
                    at.ToUnixTimeMilliseconds(), "upload link revoked", number.Value, by, string.Empty, id)).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> TakeAsync(
        string id, UploadShare share, UploadShare most, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session => await session.ExecuteAsync(
                """
                UPDATE upload_link SET files = files + $files, bytes = bytes + $bytes
                WHERE id = $id AND ended_at IS NULL AND expires_at > $at
                  AND files + $files <= $mostFiles AND bytes + $bytes <= $mostBytes
                """,
                ("$id", id), ("$at", at.ToUnixTimeMilliseconds()), ("$files", share.Files), ("$bytes", share.Bytes),
                ("$mostFiles", most.Files), ("$mostBytes", most.Bytes)).ConfigureAwait(false) > 0,
            cancellationToken);

    /// <inheritdoc />
    public Task GiveBackAsync(string id, UploadShare share, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE upload_link SET files = files - $files, bytes = bytes - $bytes WHERE id = $id",
            ("$id", id), ("$files", share.Files), ("$bytes", share.Bytes)),
        cancellationToken);

    /// <summary>Ends all links of a case, within the transaction that closes it: reopened, it has none until one is made.</summary>
    internal static ValueTask<int> EndAsync(Session session, CaseNumber number, long now) => session.ExecuteAsync(
        "UPDATE upload_link SET ended_at = $at WHERE case_number = $case AND ended_at IS NULL",
        ("$at", now), ("$case", number.Value));

    private static async ValueTask<bool> AddAsync(Session session, UploadLink link, int most)
    {
        long now = link.CreatedAt.ToUnixTimeMilliseconds();

        // Who closes the case now waits for this row, and then ends the link too.
        string? status = await session.FirstAsync(
            $"SELECT status FROM case_file WHERE number = $case{session.Dialect.RowLock}", static row => row.GetString(0),
            ("$case", link.Case.Value)).ConfigureAwait(false);
        if (status is null || CaseStatus.IsClosed(status) || await session.NumberAsync(
            "SELECT COUNT(*) FROM upload_link WHERE case_number = $case AND ended_at IS NULL AND expires_at > $now",
            ("$case", link.Case.Value), ("$now", now)).ConfigureAwait(false) >= most)
        {
            return false;
        }

        session.Write(
            """
            INSERT INTO upload_link (id, case_number, hash, label, created_by, created_at, expires_at, ended_at, files, bytes)
            VALUES ($id, $case, $hash, $label, $by, $now, $expires, NULL, 0, 0)
            """,
            ("$id", link.Id), ("$case", link.Case.Value), ("$hash", link.Hash.Bytes()), ("$label", link.Label),
            ("$by", link.CreatedBy), ("$now", now), ("$expires", link.ExpiresAt.ToUnixTimeMilliseconds()));
        await OperationLog.AppendAsync(session, new OperationEntry(
            now, "upload link made", link.Case.Value, link.CreatedBy, link.Label, link.Id)).ConfigureAwait(false);
        return true;
    }

    private static UploadLink ToLink(Row row) => new(
        row.GetString(0), row.GetCase(1), row.GetHash(2), row.GetString(3), row.GetString(4), row.GetTime(5), row.GetTime(6),
        row.IsNull(7) ? null : row.GetTime(7), new UploadShare(row.GetInt64(8), row.GetInt64(9)));
}
