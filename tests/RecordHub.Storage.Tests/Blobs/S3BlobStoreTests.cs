using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Peers;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;

namespace RecordHub.Storage.Tests.Blobs;

/// <summary>Blobs in a real object store over HTTP, and what happens while it is away.</summary>
[NonParallelizable]
public sealed class S3BlobStoreTests
{
    private const int Part = 5 << 20; // The least that S3 allows.

    private string _folder = string.Empty;
    private S3Peer _peer = null!;
    private S3Objects _objects = null!;
    private FileBlobStore _spool = null!;
    private S3BlobStore _store = null!;

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-s3-").FullName;
        _peer = await S3Peer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder, "server")).FullName);
        Connect(maxSpoolBytes: 1 << 20);
    }

    [TearDown]
    public async Task Stop()
    {
        _objects?.Dispose();
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_blob_is_read_back_from_any_offset_and_leaves_the_spool([Values(0, 1, 300_000, (2 * Part) + 17)] int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        ContentHash hash = await WriteAsync(_store, bytes);

        Assert.That(Spooled(), Is.Empty);
        Assert.That(await _store.FindLengthAsync(hash, default), Is.EqualTo(length));
        foreach (int offset in new[] { 0, 1, length / 2, length }.Where(offset => offset <= length).Distinct())
        {
            Assert.That(SHA256.HashData(await ReadAsync(_store, hash, offset)), Is.EqualTo(SHA256.HashData(bytes.AsSpan(offset))));
        }
    }

    [Test]
    public async Task What_is_there_is_listed_by_the_first_byte_of_its_hash()
    {
        ContentHash[] written = new ContentHash[20];
        for (int i = 0; i < written.Length; i++)
        {
            written[i] = await WriteAsync(_store, [(byte)i]);
        }

        List<ContentHash> listed = [];
        for (int first = 0; first <= byte.MaxValue; first++)
        {
            await foreach (StoredBlob blob in _store.ListAsync((byte)first, default))
            {
                Assert.That(blob.Hash.ToString(), Does.StartWith($"{first:x2}"));
                Assert.That(blob.Touched, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));
                listed.Add(blob.Hash);
            }
        }

        Assert.That(listed, Is.EquivalentTo(written));
    }

    [Test]
    public async Task Seeking_asks_for_what_is_wanted()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(200_000);
        ContentHash hash = await WriteAsync(_store, bytes);
        await using Stream stream = await _store.OpenAsync(hash, 0, default);
        byte[] some = new byte[100];

        foreach (int at in new[] { 150_000, 10, 199_900, 0 })
        {
            stream.Position = at;
            await stream.ReadExactlyAsync(some);
            Assert.That(some, Is.EqualTo(bytes[at..(at + some.Length)]));
        }
    }

    [Test]
    public async Task The_same_bytes_by_sixteen_writers_are_there_once()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(10_000);

        ContentHash[] hashes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => WriteAsync(_store, bytes))));

        Assert.That(hashes.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await ReadAsync(_store, hashes[0], 0), Is.EqualTo(bytes));
        Assert.That(Spooled(), Is.Empty);
    }

    [Test]
    public async Task A_missing_blob_is_missing_and_its_removal_no_error()
    {
        ContentHash hash = ContentHash.FromDigest(new byte[32]);

        Assert.That(await _store.FindLengthAsync(hash, default), Is.Null);
        Assert.That(async () => await _store.OpenAsync(hash, 0, default), Throws.InstanceOf<BlobMissingException>());
        Assert.That(async () => await _store.DeleteAsync(hash, default), Throws.Nothing);
    }

    [Test]
    public async Task While_the_object_store_is_away_the_spool_keeps_what_comes_and_gives_it_out()
    {
        await _peer.StopAsync();
        byte[] bytes = RandomNumberGenerator.GetBytes(50_000);
        ContentHash hash = await WriteAsync(_store, bytes);
        byte[] meanwhile = await ReadAsync(_store, hash, 0);
        int waiting = Spooled().Length;

        await _peer.StartAsync();
        int moved = await _store.DrainAsync(default);

        Assert.That(meanwhile, Is.EqualTo(bytes));
        Assert.That(waiting, Is.EqualTo(1));
        Assert.That(moved, Is.EqualTo(1));
        Assert.That(Spooled(), Is.Empty);
        Assert.That(await ReadAsync(_store, hash, 0), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_spool_that_holds_as_much_as_it_may_takes_no_more_until_it_is_drained()
    {
        await _peer.StopAsync();
        for (int blob = 0; blob < 3; blob++)
        {
            await WriteAsync(_store, RandomNumberGenerator.GetBytes(400_000));
        }

        Assert.That(
            async () => await WriteAsync(_store, RandomNumberGenerator.GetBytes(10)),
            Throws.InstanceOf<StorageFullException>());
        await _peer.StartAsync();
        await _store.DrainAsync(default);

        Assert.That(async () => await WriteAsync(_store, RandomNumberGenerator.GetBytes(10)), Throws.Nothing);
    }

    [Test]
    public async Task What_a_killed_process_left_in_the_spool_is_put_up_by_the_next()
    {
        await _peer.StopAsync();
        ContentHash hash = await WriteAsync(_store, [1, 2, 3]);
        _objects.Dispose();
        await _peer.StartAsync();
        Connect(maxSpoolBytes: 1 << 20);

        int moved = await _store.DrainAsync(default);

        Assert.That(moved, Is.EqualTo(1));
        Assert.That(await ReadAsync(_store, hash, 0), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Encrypted_blobs_go_to_the_object_store_too()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(200_000);
        Assert.That(BlobKey.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), out BlobKey? key), Is.True);
        EncryptedBlobStore encrypted = new(_store, new KeyRing(key!, []));

        ContentHash hash = await WriteAsync(encrypted, bytes);

        Assert.That(await ReadAsync(encrypted, hash, 70_000), Is.EqualTo(bytes[70_000..]));
        Assert.That(await _store.FindLengthAsync(hash, default), Is.GreaterThan(bytes.Length));
    }

    private void Connect(long maxSpoolBytes)
    {
        string spool = Path.Combine(_folder, "spool");
        S3BlobOptions options = new()
        {
            Location = new S3Location("records", "blobs/", _peer.Address, "us-east-1"),
            AccessKey = "S3RVER",
            SecretKey = "S3RVER",
            SpoolFolder = spool,
            MaxSpoolBytes = maxSpoolBytes,
            PartBytes = Part,
            SpoolInterval = TimeSpan.Zero,
        };
        _objects = new S3Objects(options);
        _spool = new FileBlobStore(
            new StorageOptions { DataFolder = _folder, BlobFolder = spool, MinFreeBytes = 0 }, TimeProvider.System);
        Directory.CreateDirectory(_spool.Folder.Incoming);
        _store = new S3BlobStore(_objects, _spool, options, TimeProvider.System);
    }

    private string[] Spooled() => [.. _spool.Folder.Files()];

    private static async Task<ContentHash> WriteAsync(IBlobStore store, byte[] bytes)
    {
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        await using IBlobWriter writer = await store.CreateAsync(BlobNaming.ByHash, default);
        await writer.WriteAsync(bytes, default);
        await writer.CommitAsync(hash, default);
        return hash;
    }

    private static async Task<byte[]> ReadAsync(IBlobStore store, ContentHash hash, long offset)
    {
        await using Stream stream = await store.OpenAsync(hash, offset, default);
        using MemoryStream read = new();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }
}
