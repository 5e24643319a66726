using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Retention;
using RecordHub.Storage.Purging;

namespace RecordHub.Storage.Sql;

/// <summary>Legal holds, and how long cases have been in their states.</summary>
internal sealed class RetentionStore(Database database, TimeProvider time) : IRetentionStore
{
    /// <inheritdoc />
    public Task<bool> MoveAsync(CaseFile file, string by, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                long now = time.GetUtcNow().ToUnixTimeMilliseconds();
                string? former = await session.FirstAsync(
                    "SELECT status FROM case_file WHERE number = $number", static row => row.GetString(0),
                    ("$number", file.Number.Value)).ConfigureAwait(false);
                if (!await CaseStore.UpdateAsync(
                    session, file, [CaseResources.ServiceRequest(file), CaseResources.Task(file)], now).ConfigureAwait(false))
                {
                    return false;
                }

                if (former is not null && CaseStatus.IsClosed(former) && !CaseStatus.IsClosed(file.Status))
                {
                    await CaseStore.AskWaitingAsync(session, file, now).ConfigureAwait(false);
                }

                if (CaseStatus.IsClosed(file.Status))
                {
                    await UploadLinkStore.EndAsync(session, file.Number, now).ConfigureAwait(false);
                }

                await OperationLog.AppendAsync(session, new OperationEntry(
                    now, $"case {file.Status}", file.Number.Value, by, reason, string.Empty)).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<JournalCheck> VerifyJournalAsync(string? known, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                List<string> heads = await session.QueryAsync(
                    "SELECT certificate FROM purge WHERE certificate IS NOT NULL", static row => row.GetString(0))
                    .ConfigureAwait(false);
                return await OperationLog.CheckAsync(
                    session, [.. heads.Select(PurgeJson.HeadOf).OfType<string>(), .. known is null ? [] : new[] { known.Trim() }])
                    .ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> HoldAsync(CaseHold hold, CancellationToken cancellationToken) =>
        database.WriteAsync(session => HoldAsync(session, hold), cancellationToken);

    /// <inheritdoc />
    public Task<bool> ReleaseAsync(CaseNumber number, string reason, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync("DELETE FROM case_hold WHERE case_number = $case", ("$case", number.Value))
                    .ConfigureAwait(false) == 0)
                {
                    return false;
                }

                await OperationLog.AppendAsync(session, new OperationEntry(
                    time.GetUtcNow().ToUnixTimeMilliseconds(), "hold released", number.Value, by, reason, string.Empty))
                    .ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<CaseHold?> FindHoldAsync(CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync(session => HoldRows.FindAsync(session, number), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<DueCase>> ListDueAsync(
        IReadOnlyList<(string Status, DateTimeOffset EnteredBefore)> limits, AccessScope scope,
        CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DueCase>>(
            async session =>
            {
                List<DueCase> due = [];
                foreach ((string status, DateTimeOffset before) in limits)
                {
                    due.AddRange(await session.QueryAsync(
                        $"""
                        SELECT c.number, c.tenant, c.status, c.status_since, h.reason, h.placed_by, h.placed_at
                        FROM case_file c LEFT JOIN case_hold h ON h.case_number = c.number
                        WHERE c.status = $status AND c.status_since < $before
                          AND {Scope.Condition(session.Dialect, scope, "c.number", "c.tenant")}
                        """,
                        static row => new DueCase(
                            row.GetCase(0), Tenant.Parse(row.GetString(1)), row.GetString(2), row.GetTime(3),
                            row.IsNull(4) ? null
                                : new CaseHold(row.GetCase(0), row.GetString(4), row.GetString(5), row.GetTime(6))),
                        [
                            ("$status", status), ("$before", before.ToUnixTimeMilliseconds()),
                            .. Scope.Parameters(session.Dialect, scope),
                        ]).ConfigureAwait(false));
                }

                return [.. due.OrderBy(one => one.Since)];
            },
            cancellationToken);

    private static async ValueTask<bool> HoldAsync(Session session, CaseHold hold)
    {
        // A purge that begins now waits for this row, and then sees the hold.
        string? status = await session.FirstAsync(
            $"SELECT status FROM case_file WHERE number = $case{session.Dialect.RowLock}", static row => row.GetString(0),
            ("$case", hold.Case.Value)).ConfigureAwait(false);
        if (status is null or CaseStatus.Purged || await session.ExecuteAsync(
            """
            INSERT INTO case_hold (case_number, reason, placed_by, placed_at) VALUES ($case, $reason, $by, $at)
            ON CONFLICT DO NOTHING
            """,
            ("$case", hold.Case.Value), ("$reason", hold.Reason), ("$by", hold.By),
            ("$at", hold.Since.ToUnixTimeMilliseconds())).ConfigureAwait(false) == 0)
        {
            return false;
        }

        await OperationLog.AppendAsync(session, new OperationEntry(
            hold.Since.ToUnixTimeMilliseconds(), "hold placed", hold.Case.Value, hold.By, hold.Reason, string.Empty))
            .ConfigureAwait(false);
        return true;
    }
}
