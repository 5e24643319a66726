using System.Runtime.Versioning;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sql;
using RecordHub.Storage.Sqlite;
using RecordHub.Storage.Tests.Contract;

namespace RecordHub.Storage.Tests.Sqlite;

public sealed class SqliteDatabaseTests
{
    private StorageOptions _options = null!;

    [SetUp]
    public void MakeFolder() => _options = new StorageOptions
    {
        DataFolder = Directory.CreateTempSubdirectory("recordhub-db-").FullName,
        MinFreeBytes = 0,
    };

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_options.DataFolder, recursive: true);

    [Test]
    public async Task Two_processes_may_open_and_write_one_folder_at_the_same_time()
    {
        await using SqliteDatabase one = new(_options.DatabasePath);
        await using SqliteDatabase two = new(_options.DatabasePath);
        await Task.WhenAll(Task.Run(() => OpenAsync(one)), Task.Run(() => OpenAsync(two)));
        ItemStore[] stores =
            [Items(one), Items(two)];

        Receipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 200).Select(n =>
            Task.Run(() => stores[n % 2].ReceiveAsync(Make.Item($"item {n / 4}"), default).AsTask())));

        Assert.That(receipts.Count(receipt => receipt is Receipt.New), Is.EqualTo(50));
        OutboxStore outbox = new(two, _options, TimeProvider.System);
        Assert.That(await outbox.CountAsync(default), Is.EqualTo(50));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_a_damaged_store([Values] bool writes)
    {
        await using (SqliteDatabase before = new(_options.DatabasePath))
        {
            await OpenAsync(before);
        }

        await File.WriteAllBytesAsync(_options.DatabasePath, Enumerable.Repeat((byte)'x', 8192).ToArray());
        await using SqliteDatabase database = new(_options.DatabasePath);
        ItemStore items = Items(database);

        Assert.ThrowsAsync<StorageDamagedException>(
            () => writes ? items.ReceiveAsync(Make.Item("one"), default).AsTask() : items.FindAsync([], default));
    }

    [Test]
    public async Task A_disk_that_was_full_is_remembered_until_a_look_finds_room()
    {
        await using SqliteDatabase database = new(_options.DatabasePath);
        await OpenAsync(database);
        await database.WriteAsync(static session => session.ExecuteAsync("PRAGMA max_page_count = 1"), default);
        Assert.That(database.IsFull, Is.False);

        Assert.ThrowsAsync<StorageFullException>(() => database.WriteAsync(
            static session => session.ExecuteAsync("INSERT INTO shared_key (name, value) VALUES ('big', zeroblob(9000000))"),
            default));
        Assert.That(database.IsFull, Is.True);

        // The connection that may have no more pages ended with what failed.
        await Items(database).ReceiveAsync(Make.Item("one"), default);
        Assert.That(database.IsFull, Is.True, "what is small may find room where a record finds none");
        await database.CheckRoomAsync(default);
        Assert.That(database.IsFull, Is.False);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public async Task The_database_is_its_owners_alone_in_a_folder_that_others_may_enter()
    {
        await using SqliteDatabase database = new(_options.DatabasePath);
        await OpenAsync(database);
        await Items(database).ReceiveAsync(Make.Item("item"), default);

        string[] files = Directory.GetFiles(_options.DataFolder, Path.GetFileName(_options.DatabasePath) + "*");
        Assert.That(files, Is.Not.Empty);
        Assert.That(
            files.Select(file => File.GetUnixFileMode(file)).Distinct(),
            Is.EqualTo(new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite }));
    }

    [Test]
    public async Task A_write_that_fails_takes_none_of_its_neighbours_with_it()
    {
        await using SqliteDatabase database = new(_options.DatabasePath);
        await OpenAsync(database);

        Task<int>[] writes = [.. Enumerable.Range(0, 100).Select(n => database.WriteAsync(
            session =>
            {
                session.Write(
                    "INSERT INTO patient (id, family, given, birth_date, sex) VALUES ($id, '', '', '2000', 'Other')",
                    ("$id", $"p{n}"));
                return n % 3 == 0 ? throw new InvalidOperationException("no") : new ValueTask<int>(n);
            },
            default))];
        Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(writes));

        Assert.That(
            await database.ReadAsync(session => session.NumberAsync("SELECT COUNT(*) FROM patient"), default), Is.EqualTo(66));
        Assert.That(writes.Count(write => write.IsFaulted), Is.EqualTo(34));
    }

    [Test]
    public async Task Everything_is_there_after_opening_again()
    {
        ReceivedItem item = Make.Item("a");
        await using (SqliteDatabase first = new(_options.DatabasePath))
        {
            await OpenAsync(first);
            await Items(first).ReceiveAsync(item, default);
        }

        await using SqliteDatabase second = new(_options.DatabasePath);
        await OpenAsync(second);
        Assert.That(await Items(second).FindAsync(item.Id, default), Is.Not.Null);
    }

    [Test]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using SqliteDatabase database = new(_options.DatabasePath);
        await OpenAsync(database);
        await using (Microsoft.Data.Sqlite.SqliteConnection raw = new($"Data Source={_options.DatabasePath};Pooling=False"))
        {
            raw.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = raw.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9999";
            command.ExecuteNonQuery();
        }

        Assert.That(
            Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync(database))!.Message, Does.Contain("newer"));
    }

    [Test]
    public async Task A_store_of_before_tenants_is_the_default_tenants_and_its_administrators_see_all()
    {
        using (Microsoft.Data.Sqlite.SqliteConnection raw = new($"Data Source={_options.DatabasePath};Pooling=False"))
        using (Stream script = typeof(SqliteDatabase).Assembly.GetManifestResourceStream("RecordHub.Storage.0001-schema.sql")!)
        using (StreamReader reader = new(script))
        {
            raw.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = raw.CreateCommand();
#pragma warning disable CA2100 // the embedded script itself
            command.CommandText = await reader.ReadToEndAsync() + """
                INSERT INTO token (id, name, role, hash, cases, created_at) VALUES
                  ('a', 'administrator', 'Administrator', x'01', '[]', 1), ('c', 'coordinator', 'Coordinator', x'02', '[]', 2);
                INSERT INTO patient (id, family, given, birth_date, sex) VALUES ('p', 'Muster', 'Erika', '1964-08-12', 'Female');
                INSERT INTO identifier VALUES ('urn:north', '1', 'p', 'case');
                INSERT INTO case_file VALUES (1, 'oncology', 'compiling', 'p', 'Surgery?', 1, 1);
                CREATE TABLE SchemaVersions (SchemaVersionID INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
                  ScriptName TEXT NOT NULL, Applied DATETIME NOT NULL);
                INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('RecordHub.Storage.0001-schema.sql', '2026-01-01');
                PRAGMA user_version = 1;
                """;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        await using SqliteDatabase database = new(_options.DatabasePath);
        await OpenAsync(database);
        TokenStore tokens = new(database);
        CaseStore cases = new(database, TimeProvider.System);

        // Their hashes are no hashes, so the rows are read as they are.
        Assert.That(await database.ReadAsync(
            session => session.QueryAsync("SELECT id, tenant FROM token ORDER BY id", row => $"{row.GetString(0)} {row.GetText(1)}"), default),
            Is.EqualTo(new[] { "a ", "c default" }));
        Assert.That(await tokens.RevokeAsync("c", Tenant.Default, DateTimeOffset.UnixEpoch, default), Is.True);
        Assert.That((await cases.FindAsync(new(1), AccessScope.Of(Tenant.Default), default))!.Tenant, Is.EqualTo(Tenant.Default));
        Assert.That((await cases.FindPatientAsync(new("urn:north", "1"), Tenant.Default, default))!.Id, Is.EqualTo("p"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_named_with_what_to_do()
    {
        await File.WriteAllTextAsync(_options.DatabasePath, new string('x', 5000));
        await using SqliteDatabase database = new(_options.DatabasePath);

        Assert.That(
            Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync(database))!.Message,
            Does.Contain(_options.DatabasePath));
    }

    [Test]
    public async Task A_superfluous_blob_goes_after_an_hour_and_a_named_one_stays()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        await using SqliteDatabase database = new(_options.DatabasePath);
        await OpenAsync(database);
        FileBlobStore blobs = new(_options, time);
        ItemStore items = Items(database, time);
        SpareBlobs spare = new(database, blobs, time);
        ReceivedItem first = Make.Item("content", sop: "1.2", blob: "one file");
        ReceivedItem second = Make.Item("content", sop: "1.2", blob: "another file");
        foreach (ReceivedItem item in new[] { first, second })
        {
            await WriteAsync(blobs, item.Blob);
            await items.ReceiveAsync(item, default);
        }

        Assert.That(await spare.SweepAsync(default), Is.Zero);
        time.Advance(TimeSpan.FromHours(2));
        Assert.That(await spare.SweepAsync(default), Is.EqualTo(1));
        Assert.That(await blobs.FindLengthAsync(first.Blob, default), Is.Not.Null);
        Assert.That(await blobs.FindLengthAsync(second.Blob, default), Is.Null);
    }

    private static async Task WriteAsync(FileBlobStore blobs, ContentHash hash)
    {
        await using IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, default);
        await writer.WriteAsync(new byte[10], default);
        await writer.CommitAsync(hash, default);
    }

    private Task OpenAsync(SqliteDatabase database)
    {
        FileBlobStore files = new(_options, TimeProvider.System);
        VolumeBlobStore volumes = new(files, Volumes, database, _options);
        return new RecordHubStorage(_options, database, files, volumes, null, TimeProvider.System).OpenAsync(default);
    }

    private ItemStore Items(Database database, TimeProvider? time = null) =>
        new(database, Volumes, _options, time ?? TimeProvider.System);

    private VolumeSet Volumes => new(new VolumeFolder(_options.BlobPath));
}
