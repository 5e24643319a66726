using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Sql;

/// <summary>The outbox table.</summary>
internal sealed class OutboxStore(Database database, StorageOptions options, TimeProvider time) : IOutbox
{
    private const string EntryColumns = "topic, key, generation, attempts, setbacks, lost, seq, trace";

    // When something was taken by a take whose answer was lost with the connection: nobody works on what it took.
    private long _doubtful;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public async Task<IReadOnlyList<OutboxEntry>> TakeAsync(
        int count, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Looking first keeps an idle service from taking the write lock several times a second.
        long now = Now;
        long far = now + (long)options.FarthestDue.TotalMilliseconds;
        (bool due, bool ahead) = await database.ReadAsync(
            session => LookAsync(session, now, far), cancellationToken).ConfigureAwait(false);
        long doubtful = _doubtful;
        if (!due && !ahead && doubtful == 0)
        {
            return [];
        }

        try
        {
            IReadOnlyList<OutboxEntry> taken = await database.WriteAsync(
                session =>
                {
                    if (ahead)
                    {
                        CorrectClock(session, now, far);
                    }

                    return TakeAsync(session, count, owner, now, now + (long)lease.TotalMilliseconds, doubtful);
                },
                cancellationToken).ConfigureAwait(false);
            _doubtful = 0;
            return taken;
        }
        catch (StorageAwayException)
        {
            _doubtful = now;
            throw;
        }
    }

    /// <inheritdoc />
    public async Task RenewAsync(
        string owner, IReadOnlyCollection<OutboxEntry> running, TimeSpan lease, TimeSpan longest,
        CancellationToken cancellationToken)
    {
        if (running.Count > 0 || await database.ReadAsync(
            session => session.AnyAsync(
                "SELECT 1 FROM outbox WHERE leased_until > 0 AND leased_by = $owner LIMIT 1", ("$owner", owner)),
            cancellationToken).ConfigureAwait(false))
        {
            await database.WriteAsync(session => RenewAsync(session, owner, running, lease, longest), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task HandBackAsync(OutboxEntry entry, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            session.OutboxTouched = true;
            return session.ExecuteAsync(
                "UPDATE outbox SET leased_until = 0 WHERE topic = $topic AND key = $key",
                ("$topic", entry.Topic.ToString()), ("$key", entry.Key));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task HandBackAsync(string owner, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            session.OutboxTouched = true;
            return session.ExecuteAsync(
                $"""
                UPDATE outbox SET leased_until = 0 WHERE seq IN (
                  SELECT seq FROM outbox WHERE leased_until > 0 AND leased_by = $owner{session.Dialect.RowLockSkippingHeld})
                """,
                ("$owner", owner));
        },
        cancellationToken);

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
            UPDATE outbox SET leased_until = 0, attempts = $attempts, setbacks = $setbacks, last_error = $error,
              failed_since = COALESCE(failed_since, $now),
              due_at = CASE WHEN generation = $generation THEN $due ELSE $now END
            WHERE topic = $topic AND key = $key
            """,
            ("$attempts", entry.Attempts), ("$setbacks", entry.Setbacks), ("$error", error),
            ("$due", until.ToUnixTimeMilliseconds()), ("$now", Now), ("$generation", entry.Generation),
            ("$topic", entry.Topic.ToString()), ("$key", entry.Key)),
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
    public Task<OutboxEntry?> FindAsync(long number, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {EntryColumns} FROM outbox WHERE seq = $number", ToEntry, ("$number", number)),
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> IsWaitingAsync(OutboxTopic topic, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.AnyAsync(
                "SELECT 1 FROM outbox WHERE topic = $topic AND key = $key AND due_at < $never",
                ("$topic", topic.ToString()), ("$key", key), ("$never", OutboxRows.Never)),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlySet<string>> WhichWaitAsync(
        OutboxTopic topic, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<string>>(
            async session => (await session.QueryAsync(
                $"SELECT key FROM outbox WHERE topic = $topic AND {session.Dialect.In("key", "$keys")} AND due_at < $never",
                static row => row.GetString(0), ("$topic", topic.ToString()), ("$keys", session.Dialect.List(keys)),
                ("$never", OutboxRows.Never)).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal),
            cancellationToken);

    /// <inheritdoc />
    public Task<long> CountAsync(CancellationToken cancellationToken) => CountAsync(long.MaxValue, cancellationToken);

    /// <inheritdoc />
    public Task<long> CountAsync(long atMost, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.NumberAsync(
            "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE due_at < $never LIMIT $most) AS waiting",
            ("$never", OutboxRows.Never), ("$most", atMost)),
        cancellationToken);

    /// <inheritdoc />
    public Task<OutboxDepth> MeasureAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            """
            SELECT COUNT(CASE WHEN due_at < $never THEN 1 END), COUNT(failed_since),
              MIN(CASE WHEN due_at < $never THEN COALESCE(failed_since, due_at) END)
            FROM outbox
            """,
            static row => new OutboxDepth(
                row.GetInt64(0), row.GetInt64(1),
                row.IsNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
            ("$never", OutboxRows.Never)),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<FailedEntry>> ListFailedAsync(int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<FailedEntry>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {EntryColumns}, last_error, failed_since, due_at
                FROM outbox WHERE failed_since IS NOT NULL ORDER BY failed_since, seq LIMIT $count
                """,
                ToFailed, ("$count", count)).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> RetryAsync(OutboxTopic topic, string key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                session.OutboxTouched = true;
                return await session.ExecuteAsync(
                    """
                    UPDATE outbox SET due_at = $now, attempts = 0, setbacks = 0, lost = 0
                    WHERE topic = $topic AND key = $key AND failed_since IS NOT NULL
                    """,
                    ("$now", Now), ("$topic", topic.ToString()), ("$key", key)).ConfigureAwait(false) > 0;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        database.WaitForOutboxAsync(atMost, time, cancellationToken);

    private static ValueTask<(bool Due, bool Ahead)> LookAsync(Session session, long now, long far) => session.FirstAsync(
        """
        SELECT
          EXISTS (SELECT 1 FROM outbox WHERE due_at <= $now AND leased_until <= $now),
          EXISTS (SELECT 1 FROM outbox WHERE due_at > $far AND due_at < $never)
          OR EXISTS (SELECT 1 FROM outbox WHERE leased_until > 0 AND leased_until > $far)
        """,
        static row => (row.GetBoolean(0), row.GetBoolean(1)),
        ("$now", now), ("$far", far), ("$never", OutboxRows.Never));

    // Written while a clock was ahead: it would stand still for as long as the clock was.
    private static void CorrectClock(Session session, long now, long far)
    {
        session.Write(
            "UPDATE outbox SET due_at = $now WHERE due_at > $far AND due_at < $never",
            ("$now", now), ("$far", far), ("$never", OutboxRows.Never));
        session.Write(
            "UPDATE outbox SET leased_until = 0 WHERE leased_until > 0 AND leased_until > $far", ("$far", far));
    }

    private static async ValueTask<IReadOnlyList<OutboxEntry>> TakeAsync(
        Session session, int count, string owner, long now, long until, long doubtful)
    {
        // One taker at a time: how many are out is counted over all of them.
        session.Lock(["outbox"]);
        if (doubtful > 0)
        {
            session.Write(
                "UPDATE outbox SET leased_until = 0 WHERE leased_until > 0 AND leased_by = $owner AND taken_at = $doubtful",
                ("$owner", owner), ("$doubtful", doubtful));
        }

        long left = count - await session.NumberAsync(
            "SELECT COUNT(*) FROM outbox WHERE leased_until > $now", ("$now", now)).ConfigureAwait(false);
        return left <= 0 ? [] : [.. (await session.QueryAsync(
            $"""
            UPDATE outbox SET leased_until = $until, leased_by = $owner, taken_at = $now,
              lost = lost + CASE WHEN leased_until > 0 THEN 1 ELSE 0 END
            WHERE seq IN (
              SELECT seq FROM outbox WHERE due_at <= $now AND leased_until <= $now ORDER BY due_at, seq
              LIMIT $count{session.Dialect.RowLockSkippingHeld})
            RETURNING {EntryColumns}, due_at
            """,
            static row => (Entry: ToEntry(row), Due: row.GetInt64(8)),
            ("$until", until), ("$owner", owner), ("$now", now), ("$count", left)).ConfigureAwait(false))
            .OrderBy(one => one.Due).ThenBy(one => one.Entry.Number).Select(one => one.Entry)];
    }

    // A row that somebody holds is being finished just now: not waiting for it keeps two that want each other's rows apart.
    private async ValueTask<bool> RenewAsync(
        Session session, string owner, IReadOnlyCollection<OutboxEntry> running, TimeSpan lease, TimeSpan longest)
    {
        long now = Now;
        long until = now + (long)lease.TotalMilliseconds;
        await session.ExecuteAsync(
            $"""
            UPDATE outbox SET leased_until = $until WHERE seq IN (
              SELECT seq FROM outbox WHERE leased_until > 0 AND leased_by = $owner AND taken_at > $floor
                AND taken_at <= $now {session.Dialect.RowLockSkippingHeld})
            """,
            ("$until", until), ("$owner", owner), ("$now", now), ("$floor", now - (long)longest.TotalMilliseconds)).ConfigureAwait(false);
        foreach (IGrouping<OutboxTopic, OutboxEntry> topic in running.GroupBy(entry => entry.Topic))
        {
            await session.ExecuteAsync(
                $"""
                UPDATE outbox SET leased_until = $until WHERE seq IN (
                  SELECT seq FROM outbox WHERE topic = $topic AND {session.Dialect.In("key", "$keys")} AND leased_until > 0
                  {session.Dialect.RowLockSkippingHeld})
                """,
                ("$until", until), ("$topic", topic.Key.ToString()),
                ("$keys", session.Dialect.List(topic.Select(entry => entry.Key)))).ConfigureAwait(false);
        }

        return true;
    }

    private static FailedEntry ToFailed(Row row) => new()
    {
        Entry = ToEntry(row),
        Error = row.IsNull(8) ? string.Empty : row.GetString(8),
        Since = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)),
        Next = row.GetInt64(10) == OutboxRows.Never ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
    };

    private static OutboxEntry ToEntry(Row row) =>
        new(row.GetEnum<OutboxTopic>(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3))
        {
            Setbacks = row.GetInt32(4),
            Lost = row.GetInt32(5),
            Number = row.GetInt64(6),
            Trace = row.GetText(7),
        };
}
