using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Purging;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>A blob goes only when nothing names it, and nothing begins to name one that goes.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class BlobRemovalTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const int Rounds = 64;

    private string _folder = string.Empty;
    private Database _database = null!;
    private FileBlobStore _blobs = null!;

    private BlobRemoval Removal => new(_database, _blobs, Store.Time);

    [SetUp]
    public void MakeBlobs()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-removal-").FullName;
        _blobs = new FileBlobStore(new StorageOptions { DataFolder = _folder, MinFreeBytes = 0 }, TimeProvider.System);
        Directory.CreateDirectory(_blobs.Folder.Incoming);
        _database = Store.Connect();
    }

    [TearDown]
    public async Task RemoveBlobsAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_blob_that_a_row_names_stays()
    {
        ReceivedItem item = await StoreAsync("named");
        await Store.Items.ReceiveAsync(item, None);

        Assert.That(await Removal.TryRemoveAsync(item.Blob, None), Is.False);
        Assert.That(await _blobs.FindLengthAsync(item.Blob, None), Is.Not.Null);
    }

    [Test]
    public async Task A_file_of_an_instance_stays_while_one_case_of_two_has_it_and_leaves_no_row_behind()
    {
        ReceivedItem one = await StoreAsync("the instance", 1, "1.2.3", "its file");
        ReceivedItem other = await StoreAsync("the instance", 2, "1.2.3", "its file");
        foreach (ReceivedItem item in new[] { one, other })
        {
            Assert.That(await Store.Items.ReceiveAsync(item, None), Is.InstanceOf<Receipt.New>());
        }

        Assert.That(await Removal.TryRemoveAsync(one.Blob, None), Is.False);
        await RemoveRowAsync(one);
        Assert.That(await Store.Items.HoldsAsync(one.Blob, Tenant.Default, None), Is.True);
        Assert.That(await Store.Items.HoldsAsync(one.Blob, Tenant.Parse("other"), None), Is.False);
        Assert.That(await Removal.TryRemoveAsync(one.Blob, None), Is.False);
        Assert.That(await _blobs.FindLengthAsync(one.Blob, None), Is.Not.Null);

        await RemoveRowAsync(other);
        Assert.That(await Store.Items.HoldsAsync(one.Blob, Tenant.Default, None), Is.False);
        Assert.That(await Removal.TryRemoveAsync(one.Blob, None), Is.True);
        Assert.That(await _blobs.FindLengthAsync(one.Blob, None), Is.Null);
        Assert.That(await CountRowsAsync(), Is.Zero);
    }

    [Test]
    public async Task A_process_that_dies_after_the_bytes_went_leaves_no_row_behind()
    {
        ReceivedItem item = await StoreAsync("the instance", 1, "1.2.3", "its file");
        await Store.Items.ReceiveAsync(item, None);
        await RemoveRowAsync(item);
        await _database.WriteAsync(
            session => CondemnedBlobs.TryAddAsync(session, item.Blob, Store.Time.GetUtcNow()), None);
        await _blobs.DeleteAsync(item.Blob, None);

        Store.Time.Advance(TimeSpan.FromMinutes(20));
        await new SpareBlobs(_database, _blobs, Store.Time).SweepAsync(None);

        Assert.That(await CountRowsAsync(), Is.Zero);
    }

    [Test]
    public async Task What_was_found_before_it_went_is_not_named_afterwards_and_can_be_stored_again_in_a_minute()
    {
        ReceivedItem item = await StoreAsync("found");
        Assert.That(await Removal.TryRemoveAsync(item.Blob, None), Is.True);

        Assert.ThrowsAsync<StorageAwayException>(() => Store.Items.ReceiveAsync(item, None).AsTask());
        Store.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await Store.Items.ReceiveAsync(await StoreAsync("found"), None), Is.InstanceOf<Receipt.New>());
        Assert.That(await _blobs.FindLengthAsync(item.Blob, None), Is.Not.Null);
    }

    [Test]
    public async Task A_removal_that_a_process_died_in_is_ended_by_a_sweep()
    {
        ReceivedItem item = await StoreAsync("half removed");
        await _database.WriteAsync(
            session => CondemnedBlobs.TryAddAsync(session, item.Blob, Store.Time.GetUtcNow()), None);

        Store.Time.Advance(TimeSpan.FromMinutes(20));
        await new SpareBlobs(_database, _blobs, Store.Time).SweepAsync(None);

        Assert.That(await _blobs.FindLengthAsync(item.Blob, None), Is.Null);
    }

    [Test]
    public async Task Within_a_day_a_blob_that_no_row_came_to_name_is_removed_and_no_other()
    {
        ReceivedItem named = await StoreAsync("named");
        await Store.Items.ReceiveAsync(named, None);
        ReceivedItem orphan = await StoreAsync("its process died");
        ReceivedItem fresh = await StoreAsync("its row comes");
        DateTime old = Store.Time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(25);
        File.SetLastWriteTimeUtc(_blobs.Folder.PathOf(named.Blob), old);
        File.SetLastWriteTimeUtc(_blobs.Folder.PathOf(orphan.Blob), old);
        OrphanBlobs orphans = new(_database, _blobs, Removal, Store.Time);

        int removed = 0;
        for (int hour = 0; hour < 24; hour++)
        {
            removed += await orphans.SweepAsync(None);
            Store.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(removed, Is.EqualTo(1));
        Assert.That(await _blobs.FindLengthAsync(orphan.Blob, None), Is.Null);
        Assert.That(await _blobs.FindLengthAsync(named.Blob, None), Is.Not.Null);
        Assert.That(await _blobs.FindLengthAsync(fresh.Blob, None), Is.Not.Null);
    }

    [Test]
    public async Task Of_a_receipt_and_a_removal_at_once_one_gives_way()
    {
        int received = 0;
        for (int round = 0; round < Rounds; round++)
        {
            ReceivedItem item = await StoreAsync($"round {round}");
            Task<bool> removal = Task.Run(() => Removal.TryRemoveAsync(item.Blob, None));
            Task<bool> receipt = Task.Run(() => ReceivedAsync(item));
            await Task.WhenAll(removal, receipt);

            Assert.That(await removal, Is.Not.EqualTo(await receipt));
            Assert.That(await _blobs.FindLengthAsync(item.Blob, None) is not null, Is.EqualTo(await receipt));
            received += await receipt ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{received} of {Rounds} receipts were first");
    }

    private async Task<bool> ReceivedAsync(ReceivedItem item)
    {
        try
        {
            await Store.Items.ReceiveAsync(item, None);
            return true;
        }
        catch (StorageAwayException)
        {
            return false;
        }
    }

    private Task<long> CountRowsAsync() =>
        _database.ReadAsync(session => session.NumberAsync("SELECT COUNT(*) FROM blob"), None);

    // As a purge does.
    private Task<bool> RemoveRowAsync(ReceivedItem item) => _database.WriteAsync(
        session =>
        {
            session.Write("DELETE FROM item WHERE id = $id", ("$id", item.Id.Bytes()));
            return ValueTask.FromResult(true);
        },
        None);

    private async Task<ReceivedItem> StoreAsync(string content, long number = 0, string? sop = null, string? file = null)
    {
        ReceivedItem item = Make.Item(content, number, sop, file);
        await using IBlobWriter writer = await _blobs.CreateAsync(BlobNaming.ByHash, None);
        await writer.WriteAsync(Encoding.UTF8.GetBytes(file ?? content), None);
        await writer.CommitAsync(item.Blob, None);
        return item;
    }
}
