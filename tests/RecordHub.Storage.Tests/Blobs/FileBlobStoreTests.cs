using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;

namespace RecordHub.Storage.Tests.Blobs;

public sealed class FileBlobStoreTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private string _folder = string.Empty;
    private FileBlobStore _store = null!;

    [SetUp]
    public void MakeStore()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-blobs-").FullName;
        _store = Make(minFree: 0);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_committed_blob_is_read_back_from_any_offset()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(300_000);
        ContentHash hash = await WriteAsync(bytes);

        Assert.That(await _store.FindLengthAsync(hash, default), Is.EqualTo(bytes.Length));
        foreach (int offset in new[] { 0, 1, 131_072, bytes.Length })
        {
            await using Stream stream = await _store.OpenAsync(hash, offset, default);
            using MemoryStream read = new();
            await stream.CopyToAsync(read);
            Assert.That(read.ToArray(), Is.EqualTo(bytes[offset..]));
        }

        Assert.That(Incoming(), Is.Empty);
    }

    [Test]
    public async Task A_blob_without_a_commit_leaves_nothing()
    {
        IBlobWriter writer = await _store.CreateAsync(BlobNaming.ByHash, default);
        await writer.WriteAsync(new byte[1000], default);
        await writer.DisposeAsync();

        Assert.That(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task The_same_bytes_by_sixty_four_writers_are_one_file()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(10_000);

        ContentHash[] hashes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => WriteAsync(bytes))));

        Assert.That(hashes.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_shortened_file_is_replaced_by_the_whole_one()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(10_000);
        ContentHash hash = await WriteAsync(bytes);
        await File.WriteAllBytesAsync(_store.Folder.PathOf(hash), bytes[..100]);

        await WriteAsync(bytes);

        Assert.That(await _store.FindLengthAsync(hash, default), Is.EqualTo(bytes.Length));
    }

    [Test]
    public async Task A_missing_blob_is_missing_and_its_removal_no_error()
    {
        ContentHash hash = ContentHash.FromDigest(new byte[32]);

        Assert.That(await _store.FindLengthAsync(hash, default), Is.Null);
        Assert.ThrowsAsync<BlobMissingException>(() => _store.OpenAsync(hash, 0, default));
        Assert.DoesNotThrowAsync(() => _store.DeleteAsync(hash, default));
    }

    [Test]
    public async Task Without_a_flush_it_is_stored_all_the_same()
    {
        FileBlobStore hasty = Make(minFree: 0, flushes: false);
        byte[] bytes = [1, 2, 3];
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        await using (IBlobWriter writer = await hasty.CreateAsync(BlobNaming.ByHash, default))
        {
            await writer.WriteAsync(bytes, default);
            await writer.CommitAsync(hash, default);
        }

        Assert.That(await hasty.FindLengthAsync(hash, default), Is.EqualTo(3));
    }

    [Test]
    public void Too_little_free_room_is_told_before_anything_is_written()
    {
        FileBlobStore full = Make(minFree: long.MaxValue);

        Assert.ThrowsAsync<StorageFullException>(async () => await full.CreateAsync(BlobNaming.ByHash, default));
        Assert.That(Incoming(), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void A_full_disk_is_told_from_other_errors()
    {
        using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);

        IOException error = Assert.Throws<IOException>(() => full.Write(new byte[10]))!;

        Assert.That(DiskErrors.IsFull(error), Is.True);
        Assert.That(DiskErrors.IsFull(new IOException("another")), Is.False);
    }

    [Test]
    public async Task A_sweep_removes_what_a_dead_process_left_and_not_what_a_living_one_writes()
    {
        string left = Path.Combine(_store.Folder.Incoming, "left");
        await File.WriteAllTextAsync(left, "half");
        IBlobWriter living = await _store.CreateAsync(BlobNaming.ByHash, default);
        await living.WriteAsync(new byte[10], default);

        _store.Folder.Sweep(DateTimeOffset.UtcNow.AddMinutes(1));

        Assert.That(File.Exists(left), Is.False);
        Assert.That(Incoming(), Has.Exactly(1).Items);
        await living.DisposeAsync();
    }

    private IEnumerable<string> Incoming() => Directory.EnumerateFiles(_store.Folder.Incoming);

    private FileBlobStore Make(long minFree, bool flushes = true)
    {
        FileBlobStore store = new(
            new StorageOptions { DataFolder = _folder, BlobFolder = _folder, MinFreeBytes = minFree, FlushesBlobs = flushes },
            _time);
        Directory.CreateDirectory(store.Folder.Incoming);
        return store;
    }

    private async Task<ContentHash> WriteAsync(byte[] bytes)
    {
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        await using IBlobWriter writer = await _store.CreateAsync(BlobNaming.ByHash, default);
        foreach (byte[] piece in bytes.Chunk(40_000))
        {
            await writer.WriteAsync(piece, default);
        }

        await writer.CommitAsync(hash, default);
        return hash;
    }
}
