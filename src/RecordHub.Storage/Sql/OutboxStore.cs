using System.Data.Common;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Sql;

/// <summary>The outbox table.</summary>
internal sealed class OutboxStore(Database database, StorageOptions options, TimeProvider time) : IOutbox
{
    // When the leases end that a take made whose answer was lost with the connection: nobody works on what it took.
    private long _doubtful;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public async Task<IReadOnlyList<OutboxEntry>> TakeAsync(
        int count, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Looking first keeps an idle service from taking the write lock several times a second.
        bool due = await database.ReadAsync(
            session => session.AnyAsync(
                "SELECT 1 FROM outbox WHERE due_at <= $now AND leased_until <= $now LIMIT 1", ("$now", Now)),
            cancellationToken).ConfigureAwait(false);
        if (!due && _doubtful == 0)
        {
            return [];
        }

        long until = Now + (long)lease.TotalMilliseconds;
        long doubtful = _doubtful;
        try
        {
            IReadOnlyList<OutboxEntry> taken = await database.WriteAsync(
                session => TakeAsync(session, count, until, doubtful), cancellationToken).ConfigureAwait(false);
            _doubtful = 0;
            return taken;
        }
        catch (StorageAwayException)
        {
            _doubtful = until;
            throw;
        }
    }

    /// <inheritdoc />
    public Task CompleteAsync(OutboxEntry entry, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await OutboxRows.CompleteAsync(
                session, entry.Topic, entry.Key, entry.Generation, Now + (long)options.StudyDelay.TotalMilliseconds)
                .ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task PostponeAsync(
        OutboxEntry entry, DateTimeOffset until, string error, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE outbox SET leased_until = 0, attempts = $attempts, last_error = $error,
              due_at = CASE WHEN generation = $generation THEN $due ELSE $now END
            WHERE topic = $topic AND key = $key
            """,
            ("$attempts", entry.Attempts), ("$error", error), ("$due", until.ToUnixTimeMilliseconds()), ("$now", Now),
            ("$generation", entry.Generation), ("$topic", entry.Topic.ToString()), ("$key", entry.Key)),
        cancellationToken);

    /// <inheritdoc />
    public Task ReleaseAllAsync(CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            session.OutboxTouched = true;
            return session.ExecuteAsync("UPDATE outbox SET leased_until = 0 WHERE leased_until > 0");
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> IsWaitingAsync(OutboxTopic topic, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.AnyAsync(
                "SELECT 1 FROM outbox WHERE topic = $topic AND key = $key", ("$topic", topic.ToString()), ("$key", key)),
            cancellationToken);

    /// <inheritdoc />
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static session => session.NumberAsync("SELECT COUNT(*) FROM outbox"), cancellationToken);

    /// <inheritdoc />
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        database.WaitForOutboxAsync(atMost, time, cancellationToken);

    private async ValueTask<IReadOnlyList<OutboxEntry>> TakeAsync(Session session, int count, long until, long doubtful)
    {
        // One taker at a time: how many are out is counted over all of them.
        session.Lock(["outbox"]);
        if (doubtful > 0)
        {
            session.Write("UPDATE outbox SET leased_until = 0 WHERE leased_until = $doubtful", ("$doubtful", doubtful));
        }

        long now = Now;
        long left = count - await session.NumberAsync(
            "SELECT COUNT(*) FROM outbox WHERE leased_until > $now", ("$now", now)).ConfigureAwait(false);
        return left <= 0 ? [] : [.. (await session.QueryAsync(
            $"""
            UPDATE outbox SET leased_until = $until, attempts = attempts + 1
            WHERE seq IN (
              SELECT seq FROM outbox WHERE due_at <= $now AND leased_until <= $now ORDER BY due_at, seq
              LIMIT $count{session.Dialect.RowLockSkippingHeld})
            RETURNING topic, key, generation, attempts, due_at, seq
            """,
            static row => (Entry: ToEntry(row), Due: row.GetInt64(4), Seq: row.GetInt64(5)),
            ("$until", until), ("$now", now), ("$count", left)).ConfigureAwait(false))
            .OrderBy(one => one.Due).ThenBy(one => one.Seq).Select(one => one.Entry)];
    }

    private static OutboxEntry ToEntry(DbDataReader row) =>
        new(row.GetEnum<OutboxTopic>(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3));
}
