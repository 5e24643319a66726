using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Sqlite;

/// <summary>No row is committed before what it speaks of is on the disk.</summary>
[CancelAfter(30_000)]
public sealed class FlushBeforeCommitTests
{
    private string _folder = string.Empty;
    private SqliteDatabase _database = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-flush-").FullName;
        _database = new SqliteDatabase(Path.Combine(_folder, "recordhub.db"));
        await _database.OpenAsync(default);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_write_is_neither_seen_nor_answered_before_its_flush_is_over(CancellationToken token)
    {
        Flush flush = new();
        Task<bool> write = WriteAsync("a", flush);
        await flush.Begun.WaitAsync(token);

        Assert.That(await NamesAsync(), Is.Empty);
        Assert.That(write.IsCompleted, Is.False);

        flush.End();
        Assert.That(await write.WaitAsync(token), Is.True);
        Assert.That(await NamesAsync(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task What_could_not_be_flushed_is_not_written_and_takes_nothing_else_along(CancellationToken token)
    {
        // All that comes while the first waits for its flush shares the next transaction.
        Flush first = new();
        Task<bool> before = WriteAsync("before", first);
        await first.Begun.WaitAsync(token);
        Task<bool> lost = WriteAsync("lost", new Flush { Failure = new StorageAwayException("The disk is gone.") });
        Flush ended = new();
        ended.End();
        Task<bool> beside = WriteAsync("beside", ended);
        Task<bool> without = WriteAsync("without", null);
        first.End();

        Assert.ThrowsAsync<StorageAwayException>(() => lost.WaitAsync(token));
        Assert.That(await Task.WhenAll(before, beside, without).WaitAsync(token), Is.All.True);
        Assert.That(await NamesAsync(), Is.EquivalentTo(new[] { "before", "beside", "without" }));
    }

    [Test]
    public async Task All_callers_go_on_however_many_share_a_commit_and_whether_they_only_answer(CancellationToken token)
    {
        Flush first = new();
        List<Task<bool>> writes = [WriteAsync("first", first)];
        await first.Begun.WaitAsync(token);

        // All of these wait for the same transaction; those that answer go on four at a time.
        string[] names = [.. Enumerable.Range(0, 23).Select(n => $"{n}")];
        writes.AddRange(names.Select((name, n) => WriteAsync(name, before: null, isAnswered: n % 4 != 0)));
        first.End();

        Assert.That(await Task.WhenAll(writes).WaitAsync(token), Is.All.True);
        Assert.That(await NamesAsync(), Is.EquivalentTo(names.Append("first")));
    }

    private Task<bool> WriteAsync(string name, IFlush? before, bool isAnswered = false) => _database.WriteAsync(
        session =>
        {
            session.Write("INSERT INTO spare_blob (blob, since) VALUES ($name, 0)", ("$name", name));
            return ValueTask.FromResult(true);
        },
        before, isAnswered, default).AsTask();

    private Task<List<string>> NamesAsync() => _database.ReadAsync(
        session => session.QueryAsync("SELECT blob FROM spare_blob", static row => row.GetString(0)), default);

    private sealed class Flush : IFlush
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new();

        internal Exception? Failure { get; init; }

        internal Task Begun => _begun.Task;

        internal void End() => _ended.SetResult();

        public void Run()
        {
            _begun.TrySetResult();
            if (Failure is { } failure)
            {
                throw failure;
            }

            _ended.Task.Wait();
        }

        public Task RunAsync() => throw new InvalidOperationException("The writer flushes on its own thread.");
    }
}
