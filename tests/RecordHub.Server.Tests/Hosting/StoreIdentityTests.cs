using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage;
using RecordHub.Storage.Backups;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>A database and blobs that do not belong together are not opened, and nothing of either is lost.</summary>
public sealed class StoreIdentityTests
{
    private string _folder = null!;
    private ContentHash _blob;

    private string Database => Path.Combine(_folder, "recordhub.db");

    [SetUp]
    public async Task StoreOneAsync()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-identity-").FullName;
        await using ServiceProvider store = Services();
        _blob = await StoreOneAsync(store);
    }

    private static async Task<ContentHash> StoreOneAsync(ServiceProvider store)
    {
        await store.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None);
        byte[] bytes = RandomNumberGenerator.GetBytes(500);
        ContentHash blob = ContentHash.FromDigest(SHA256.HashData(bytes));
        await using IBlobWriter writer = await store.GetRequiredService<IBlobStore>().CreateAsync(BlobNaming.ByRow, default);
        await writer.WriteAsync(bytes, default);
        BlobPlace? place = await writer.CommitAsync(blob, default);
        await store.GetRequiredService<IItemStore>().ReceiveAsync(
            Item(blob) with { Length = bytes.Length, Place = place }, default);
        return blob;
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_belongs_together_opens_again_and_again()
    {
        for (int i = 0; i < 2; i++)
        {
            await using ServiceProvider store = Services();
            await store.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None);
            await using Stream bytes = await store.GetRequiredService<IBlobStore>().OpenAsync(_blob, 0, default);
            Assert.That(bytes.Length, Is.EqualTo(500));
        }
    }

    [Test]
    public async Task A_database_that_is_gone_is_not_made_anew_beside_its_blobs()
    {
        File.Move(Database, Database + ".away");

        await RefusedAsync(null);

        Assert.That(File.Exists(Database), Is.False, "nothing stands in the way of a restoration");
        File.Move(Database + ".away", Database);
        await What_belongs_together_opens_again_and_again();
    }

    [Test]
    public async Task A_folder_without_any_blob_is_not_taken_for_that_of_a_database_with_items()
    {
        string blobs = Path.Combine(_folder, "blobs");
        Directory.Move(blobs, blobs + ".away");

        await using (ServiceProvider store = Services())
        {
            StorageUnavailableException refused = Assert.ThrowsAsync<StorageUnavailableException>(
                () => store.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None))!;
            Assert.That(refused.Message, Does.Contain("There is no blob in").And.Contain("mounted"));
        }

        Assert.That(File.Exists(Path.Combine(blobs, "store.id")), Is.False, "nothing says that this is the folder");
        Directory.Delete(blobs, recursive: true);
        Directory.Move(blobs + ".away", blobs);
        await What_belongs_together_opens_again_and_again();
    }

    [Test]
    public async Task Another_database_is_refused_whether_it_is_empty_or_not([Values] bool isEmpty)
    {
        string other = Path.Combine(_folder, "other");
        await using (ServiceProvider elsewhere = Services(other))
        {
            await elsewhere.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None);
            if (!isEmpty)
            {
                await elsewhere.GetRequiredService<IItemStore>().ReceiveAsync(Item(ContentHash.FromDigest(SHA256.HashData([1]))), default);
            }
        }

        await RefusedAsync(Path.Combine(other, "recordhub.db"));
        await What_belongs_together_opens_again_and_again();
    }

    [Test]
    public async Task A_store_of_a_version_that_gave_none_gets_an_id()
    {
        File.Delete(Path.Combine(_folder, "blobs", "store.id"));
        await What_belongs_together_opens_again_and_again();

        Assert.That(File.Exists(Path.Combine(_folder, "blobs", "store.id")), Is.True);
    }

    [Test]
    public async Task A_restoration_beside_the_log_of_a_former_database_is_refused([Values("-wal", "-shm")] string suffix)
    {
        string backups = Path.Combine(_folder, "backups");
        await using (ServiceProvider store = Services())
        {
            await store.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None);
            await store.GetRequiredService<Backup>().WriteAsync(backups, null, default);
        }

        File.Delete(Database);
        await File.WriteAllBytesAsync(Database + suffix, [1, 2, 3]);
        await using ServiceProvider restored = Services();
        BackupException refused = Assert.ThrowsAsync<BackupException>(
            () => restored.GetRequiredService<Restore>().RunAsync(backups, null, default))!;
        Assert.That(refused.Message, Does.Contain("recordhub.db" + suffix));

        File.Delete(Database + suffix);
        await restored.GetRequiredService<Restore>().RunAsync(backups, null, default);
        await What_belongs_together_opens_again_and_again();
    }

    [Test]
    public async Task A_restoration_beside_the_blobs_of_another_store_is_refused_before_anything_is_written()
    {
        string other = Path.Combine(_folder, "other");
        await using (ServiceProvider elsewhere = Services(other))
        {
            await StoreOneAsync(elsewhere);
        }

        File.Delete(Path.Combine(other, "recordhub.db"));
        string backups = Path.Combine(_folder, "backups");
        await using (ServiceProvider store = Services())
        {
            await store.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None);
            await store.GetRequiredService<Backup>().WriteAsync(backups, null, default);
        }

        string[] before = [.. Directory.EnumerateFiles(other, "*", SearchOption.AllDirectories)];
        await using ServiceProvider restored = Services(other);
        BackupException refused = Assert.ThrowsAsync<BackupException>(
            () => restored.GetRequiredService<Restore>().RunAsync(backups, null, default))!;

        Assert.That(refused.Message, Does.Contain("another store"));
        Assert.That(Directory.EnumerateFiles(other, "*", SearchOption.AllDirectories), Is.EquivalentTo(before));
    }

    private async Task RefusedAsync(string? database)
    {
        await using ServiceProvider store = Services(database: database);
        StorageUnavailableException refused = Assert.ThrowsAsync<StorageUnavailableException>(
            () => store.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None))!;
        Assert.That(refused.Message, Does.Contain("Database:Connection").And.Contain("restore"));
        Assert.That(await store.GetRequiredService<RecordHubStorage>().SweepAsync(default).ContinueWith(
            static swept => swept.IsFaulted ? 0 : swept.Result, TaskScheduler.Default), Is.Zero);
    }

    private static ReceivedItem Item(ContentHash content) => new()
    {
        Id = ItemId.New(TimeProvider.System),
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        Kind = ContentKind.PlainText,
        Blob = content,
        Content = content,
        Length = 1,
        SopInstanceUid = null,
        DataSetOffset = 0,
        Source = new Source { Door = Door.Import },
    };

    private ServiceProvider Services(string? data = null, string? database = null) => new ServiceCollection()
        .AddRecordHubStorage(new StorageOptions { DataFolder = data ?? _folder, DatabaseFile = database, MinFreeBytes = 0 })
        .BuildServiceProvider();
}
