using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Sqlite;

/// <summary>The database file: one writer, any number of readers. Other processes may use the file at the same time.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int MostIdleReaders = 16;
    private static readonly TimeSpan s_lockWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly AsyncSignal _outbox = new();
    private readonly StoreDamage _damage = new(SqliteFailures.IsDamage);
    private readonly string _file;
    private readonly string _connectionString;
    private readonly TimeSpan _lockWait;
    private readonly Lazy<SqliteWriter> _writer;

    internal SqliteDatabase(string file, TimeSpan? lockWait = null)
    {
        _file = file;
        _lockWait = lockWait ?? s_lockWait;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(_lockWait.TotalSeconds),
        }.ToString();
        _writer = new Lazy<SqliteWriter>(() => new SqliteWriter(() => new SqliteSession(_connectionString, _lockWait, readOnly: false), _outbox.Set, () => IsMissing, _damage));
    }

    internal override bool IsMissing => !File.Exists(_file);

    internal override Task Damaged => _damage.Seen;

    internal override async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            PrivateFolder.Create(Path.GetDirectoryName(_file) ?? ".");
            using FileStream held = await SqliteSchema.LockAsync(_file, cancellationToken).ConfigureAwait(false);
            if (!File.Exists(_file))
            {
                // SQLite gives its own files beside it the rights of the database, which it would make for all to read.
                await new FileStream(_file, PrivateFolder.File(FileShare.ReadWrite)).DisposeAsync().ConfigureAwait(false);
            }

            // Before it is opened for writing: a log that is another's would be written into it for good at its closing.
            SqliteLook.Glance(_file);
            SqliteSchema.Upgrade(_file);
        }
        catch (SqliteException damaged) when (SqliteFailures.IsDamage(damaged))
        {
            throw new StorageUnavailableException(SqliteLook.Advice(_file, $"SQLite error {damaged.SqliteErrorCode}"), damaged);
        }
        catch (SqliteException exception)
        {
            throw new StorageUnavailableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The database {_file} cannot be opened (SQLite error {exception.SqliteErrorCode}); "
                    + $"check that it is a RecordHub database on a local disk with room, or restore it from a backup."),
                exception);
        }
    }

    protected override ValueTask<T> WriteOnEngineAsync<T>(
        Func<Session, ValueTask<T>> work, IFlush? before, bool isAnswered, CancellationToken cancellationToken)
    {
        // Once it is in the queue it is done: whether it was is then never in doubt.
        cancellationToken.ThrowIfCancellationRequested();
        return _writer.Value.WriteAsync(work, before, isAnswered);
    }

    /// <summary>Reads one state of the database. It runs at once: SQLite does not wait.</summary>
    protected override Task<T> ReadOnEngineAsync<T>(Func<Session, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _damage.ThrowIfSeen();
        try
        {
            return Task.FromResult(Read(work));
        }
        catch (SqliteException exception)
            when (SqliteFailures.Translate(_damage.Translate(exception)) is var known && known != exception)
        {
            throw known;
        }
    }

    private T Read<T>(Func<Session, ValueTask<T>> work)
    {
        if (!_readers.TryTake(out SqliteSession? session))
        {
            session = new SqliteSession(_connectionString, _lockWait, readOnly: true);
        }

        bool sound = false;
        try
        {
            session.Execute("BEGIN");
            T result = SqliteSession.ResultOf(work(session));
            session.Commit();
            sound = true;
            return result;
        }
        finally
        {
            if (sound && _readers.Count < MostIdleReaders)
            {
                _readers.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    internal override string ScrubMethod =>
        "The SQLite database was written anew without the deleted rows (VACUUM), and its write-ahead log emptied.";

    internal override Task ScrubAsync(CancellationToken cancellationToken) =>
        SqliteScrub.RunAsync(_connectionString, _lockWait, cancellationToken);

    internal override Task WaitForOutboxAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _outbox.WaitAsync(atMost, time, cancellationToken);

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }

        while (_readers.TryTake(out SqliteSession? session))
        {
            session.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
