using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Sql;

/// <summary>The lease table.</summary>
internal sealed class LeaseStore(Database database, TimeProvider time) : ILeases
{
    /// <inheritdoc />
    public Task<bool> TryTakeAsync(string name, string owner, TimeSpan lasting, CancellationToken cancellationToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(
            async session => await session.ExecuteAsync(
                """
                INSERT INTO lease (name, owner, until) VALUES ($name, $owner, $until)
                ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
                WHERE lease.until <= $now OR lease.owner = excluded.owner
                """,
                ("$name", name), ("$owner", owner), ("$until", now + (long)lasting.TotalMilliseconds), ("$now", now))
                .ConfigureAwait(false) > 0,
            cancellationToken);
    }
}
