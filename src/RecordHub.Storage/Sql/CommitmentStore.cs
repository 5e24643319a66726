using RecordHub.Core.Access;
using RecordHub.Core.Commitment;

namespace RecordHub.Storage.Sql;

/// <summary>Orders for storage commitment.</summary>
internal sealed class CommitmentStore(Database database, TimeProvider time) : ICommitmentStore
{
    private const string Waiting = nameof(CommitmentState.Waiting);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public async Task RecordAsync(CommitmentOrder order, CancellationToken cancellationToken)
    {
        byte[] digest = CommitmentRows.DigestOf(order);
        string instances = CommitmentRows.InstancesOf(order);
        await database.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO commitment (site, calling, called, transaction_uid, digest, instances, count, state,
                  requested_at, revision, attempts, due_at, leased_until, detail, tenant)
                VALUES ($site, $calling, $called, $transaction, $digest, $instances, $count, $state, $now, 1, 0, $now, 0,
                  '', $tenant)
                ON CONFLICT (site, calling, transaction_uid, digest, tenant) DO UPDATE SET called = excluded.called,
                  state = excluded.state, requested_at = excluded.requested_at, revision = commitment.revision + 1, attempts = 0,
                  due_at = excluded.due_at, detail = ''
                """,
                ("$site", order.Site ?? string.Empty), ("$calling", order.CallingAeTitle), ("$called", order.CalledAeTitle),
                ("$transaction", order.TransactionUid), ("$digest", digest), ("$instances", instances),
                ("$count", order.References.Count), ("$state", Waiting), ("$now", Now),
                ("$tenant", order.Tenant.ToString())),
            cancellationToken).ConfigureAwait(false);
        database.Commitments.Set();
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CommitmentJob>> TakeAsync(
        int count, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Looking first keeps an idle service from taking the write lock again and again.
        bool due = await database.ReadAsync(
            session => session.AnyAsync(
                "SELECT 1 FROM commitment WHERE state = $waiting AND due_at <= $now AND leased_until <= $now LIMIT 1",
                ("$waiting", Waiting), ("$now", Now)),
            cancellationToken).ConfigureAwait(false);
        return due
            ? await database.WriteAsync(session => TakeAsync(session, count, lease), cancellationToken).ConfigureAwait(false)
            : [];
    }

    /// <inheritdoc />
    public Task PostponeAsync(
        CommitmentJob job, DateTimeOffset until, string detail, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE commitment SET leased_until = 0, detail = $detail,
              due_at = CASE WHEN revision = $revision THEN $due ELSE $now END
            WHERE seq = $seq
            """,
            ("$detail", detail), ("$revision", job.Revision), ("$due", until.ToUnixTimeMilliseconds()), ("$now", Now),
            ("$seq", job.Id)),
        cancellationToken);

    /// <inheritdoc />
    public async Task CloseAsync(
        CommitmentJob job, CommitmentState state, string detail, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            session => session.ExecuteAsync(
                """
                UPDATE commitment SET leased_until = 0, detail = $detail, due_at = $now,
                  state = CASE WHEN revision = $revision THEN $state ELSE state END
                WHERE seq = $seq
                """,
                ("$detail", detail), ("$now", Now), ("$revision", job.Revision), ("$state", state.ToString()),
                ("$seq", job.Id)),
            cancellationToken).ConfigureAwait(false);
        database.Commitments.Set();
    }

    /// <inheritdoc />
    public async Task HurryAsync(string? site, string callingAeTitle, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(
            session => session.AnyAsync(
                """
                SELECT 1 FROM commitment
                WHERE state = $waiting AND site = $site AND calling = $calling AND due_at > $now LIMIT 1
                """,
                ("$waiting", Waiting), ("$site", site ?? string.Empty), ("$calling", callingAeTitle), ("$now", Now)),
            cancellationToken).ConfigureAwait(false))
        {
            await database.WriteAsync(
                session => session.ExecuteAsync(
                    """
                    UPDATE commitment SET due_at = $now
                    WHERE state = $waiting AND site = $site AND calling = $calling AND due_at > $now
                    """,
                    ("$now", Now), ("$waiting", Waiting), ("$site", site ?? string.Empty), ("$calling", callingAeTitle)),
                cancellationToken).ConfigureAwait(false);
            database.Commitments.Set();
        }
    }

    /// <inheritdoc />
    public Task ReleaseAllAsync(CancellationToken cancellationToken) => database.WriteAsync(
        static session => session.ExecuteAsync("UPDATE commitment SET leased_until = 0 WHERE leased_until > 0"),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CommitmentEntry>> ListAsync(
        CommitmentState state, Tenant? tenant, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CommitmentEntry>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {CommitmentRows.EntryColumns} FROM commitment WHERE state = $state AND ($tenant = '' OR tenant = $tenant)
                ORDER BY requested_at DESC, seq DESC LIMIT $count
                """,
                CommitmentRows.ToEntry, ("$state", state.ToString()), ("$tenant", tenant?.ToString() ?? string.Empty),
                ("$count", count)).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CommitmentOrder>> ListOrdersAsync(
        Tenant tenant, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CommitmentOrder>>(
            async session => [.. (await session.QueryAsync(
                $"""
                SELECT {CommitmentRows.JobColumns} FROM commitment WHERE tenant = $tenant
                ORDER BY requested_at DESC, seq DESC LIMIT $count
                """,
                CommitmentRows.ToJob, ("$tenant", tenant.ToString()), ("$count", count)).ConfigureAwait(false))
                .Select(job => job.Order)],
            cancellationToken);

    /// <inheritdoc />
    public Task<long> CountAbandonedAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static session => session.NumberAsync(
            "SELECT COUNT(*) FROM commitment WHERE state = $state", ("$state", nameof(CommitmentState.Abandoned))),
        cancellationToken);

    /// <inheritdoc />
    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "DELETE FROM commitment WHERE state = $reported AND requested_at < $before",
            ("$reported", nameof(CommitmentState.Reported)), ("$before", before.ToUnixTimeMilliseconds())),
        cancellationToken);

    /// <inheritdoc />
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        database.Commitments.WaitAsync(atMost, time, cancellationToken);

    private async ValueTask<IReadOnlyList<CommitmentJob>> TakeAsync(Session session, int count, TimeSpan lease)
    {
        long now = Now;
        List<CommitmentJob> taken = await session.QueryAsync(
            $"""
            UPDATE commitment SET leased_until = $until, attempts = attempts + 1
            WHERE seq IN (
              SELECT seq FROM commitment WHERE state = $waiting AND due_at <= $now AND leased_until <= $now
              ORDER BY due_at, seq LIMIT $count{session.Dialect.RowLockSkippingHeld})
            RETURNING {CommitmentRows.JobColumns}
            """,
            CommitmentRows.ToJob,
            ("$until", now + (long)lease.TotalMilliseconds), ("$waiting", Waiting), ("$now", now), ("$count", count))
            .ConfigureAwait(false);
        List<CommitmentJob> jobs = [];
        foreach (CommitmentJob job in taken.OrderBy(job => job.Id))
        {
            jobs.Add(job with { IsDuplicate = await IsDuplicateAsync(session, job).ConfigureAwait(false) });
        }

        return jobs;
    }

    // The first order of a Transaction UID is the one; a later one with other references is not.
    private static ValueTask<bool> IsDuplicateAsync(Session session, CommitmentJob job) => session.AnyAsync(
        """
        SELECT 1 FROM commitment
        WHERE site = $site AND calling = $calling AND transaction_uid = $transaction AND tenant = $tenant AND seq < $seq
        LIMIT 1
        """,
        ("$site", job.Order.Site ?? string.Empty), ("$calling", job.Order.CallingAeTitle),
        ("$transaction", job.Order.TransactionUid), ("$tenant", job.Order.Tenant.ToString()), ("$seq", job.Id));
}
