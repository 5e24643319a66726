using System.Data;
using Npgsql;
using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Postgres;

/// <summary>
/// A database on a server that any number of processes share. Transactions see what is committed when each statement
/// begins (read committed); what they decide about they lock first, see <see cref="Session.Lock"/>.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostAttempts = 20;
    private const int MostConnections = 40;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly string _connection;
    private readonly NpgsqlDataSource _source;
    private readonly OutboxChannel _outbox;
    private readonly StoreDamage _damage = new(PostgresFailures.IsDamage);
    private volatile bool _away;

    internal PostgresDatabase(string connection)
    {
        _connection = WithDefaults(connection);
        _source = NpgsqlDataSource.Create(_connection);
        _outbox = new OutboxChannel(_source);
    }

    internal override Task Damaged => _damage.Seen;

    internal override Task OpenAsync(CancellationToken cancellationToken) =>
        PostgresSchema.UpgradeAsync(_connection, TimeProvider.System, cancellationToken);

    protected override async ValueTask<T> WriteOnEngineAsync<T>(
        Func<Session, ValueTask<T>> work, IFlush? before, bool isAnswered, CancellationToken cancellationToken)
    {
        if (before is not null)
        {
            await before.RunAsync().ConfigureAwait(false);
        }

        return await RunAsync(() => WriteOnceAsync(work, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    protected override Task<T> ReadOnEngineAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken) =>
        RunAsync(() => ReadOnceAsync(work, cancellationToken), cancellationToken);

    internal override string ScrubMethod =>
        "Rows were deleted and all tables vacuumed. Their bytes may stay in free room of pages until VACUUM FULL and "
        + "CHECKPOINT, and in archived WAL and backups of the server until those expire: both are the operator's matter.";

    internal override Task ScrubAsync(CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await PostgresSchema.ScalarAsync(connection, "VACUUM", cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    internal override Task WaitForOutboxAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _outbox.WaitAsync(atMost, time, cancellationToken);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What an installation wants, unless its connection string says otherwise.</summary>
    internal static string WithDefaults(string connection)
    {
        NpgsqlConnectionStringBuilder given = new(connection);
        NpgsqlConnectionStringBuilder complete = new(connection) { IncludeErrorDetail = false };
        void Default(string keyword, object value)
        {
            // Whether it is there: it "contains" each keyword that there is.
            if (!given.ShouldSerialize(keyword))
            {
                complete[keyword] = value;
            }
        }

        Default("Application Name", "recordhub");
        Default("Timeout", 5);
        Default("Keepalive", 30);
        Default("Maximum Pool Size", MostConnections);
        Default("Max Auto Prepare", 200);
        Default("Auto Prepare Min Usages", 2);

        // Compiling a search takes hundreds of milliseconds, which what it finds a page of never repays.
        Default("Options", "-c jit=off");
        return complete.ConnectionString;
    }

    // A row finds its place in a page that has room long after the last page was added: a megabyte of new ones tells. Where the
    // user may make no temporary table, the least write has to do.
    protected override async ValueTask FillAsync(Session session)
    {
        await base.FillAsync(session).ConfigureAwait(false);
        if (await session.AnyAsync("SELECT 1 WHERE has_database_privilege(current_database(), 'TEMP')").ConfigureAwait(false))
        {
            await session.ExecuteAsync("SET LOCAL temp_tablespaces = ''").ConfigureAwait(false);
            await session.ExecuteAsync("CREATE TEMP TABLE room (filler text) ON COMMIT DROP").ConfigureAwait(false);
            await session.ExecuteAsync("INSERT INTO room SELECT repeat('x', 1900) FROM generate_series(1, 560)")
                .ConfigureAwait(false);
        }
    }

    // Trying again is safe as long as the commit was not sent: then nothing stands. A server that has been away for longer
    // than our patience is tried once by each caller, so that a sender hears at once, and not after a pause for each record.
    private async Task<T> RunAsync<T>(Func<Task<T>> once, CancellationToken cancellationToken)
    {
        _damage.ThrowIfSeen();
        long start = TimeProvider.System.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                T result = await once().ConfigureAwait(false);
                _away = false;
                return result;
            }
            catch (NpgsqlException exception) when (attempt < MostAttempts && (PostgresFailures.IsConflict(exception)
                || (PostgresFailures.IsAway(exception) && !_away && TimeProvider.System.GetElapsedTime(start) < s_patience)))
            {
                await PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
                when (PostgresFailures.Translate(_damage.Translate(exception)) is var known && known != exception)
            {
                _away = known is StorageAwayException;
                throw known;
            }
        }
    }

    private static Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        double longest = Math.Min(s_firstPause.TotalMilliseconds * Math.Pow(2, attempt - 1), s_longestPause.TotalMilliseconds);
#pragma warning disable CA5394 // it only keeps those who collided from colliding again
        return Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2))), cancellationToken);
#pragma warning restore CA5394
    }

    private async Task<T> WriteOnceAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        PostgresSession session = new(connection, cancellationToken);
        T result = await work(session).ConfigureAwait(false);
        await session.FlushAsync().ConfigureAwait(false);
        await CommitAsync(transaction).ConfigureAwait(false);
        if (session.OutboxTouched)
        {
            _outbox.Touched();
        }

        return result;
    }

    // Once it is asked for it is waited for, and not asked for again: whether it was done is in doubt only if the
    // connection breaks just now. Then the caller is told that it failed, and every write of ours may be repeated.
    private static async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (PostgresFailures.IsAway(exception))
        {
            throw new StorageAwayException("The database went away while it answered.", exception);
        }
    }

    private async Task<T> ReadOnceAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

        // One state of the database for all statements of a read.
        await using NpgsqlTransaction transaction = await connection
            .BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        T result = await work(new PostgresSession(connection, cancellationToken)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }
}
