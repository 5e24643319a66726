using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.S3;

namespace RecordHub.Storage.Tests.Blobs;

/// <summary>What is asked of an object store that a small server in memory stands in for: copies, refusals, wrong bytes.</summary>
public sealed class S3ObjectsTests
{
    private string _folder = string.Empty;
    private FakeS3 _server = null!;
    private S3Objects _objects = null!;
    private S3BlobStore _store = null!;

    [SetUp]
    public void Connect()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-fake-s3-").FullName;
        _server = new FakeS3();
        string spool = Path.Combine(_folder, "spool");
        S3BlobOptions options = new()
        {
            Location = new S3Location("records", "blobs/", _server.Address, "us-east-1"),
            AccessKey = "KEY",
            SecretKey = "SECRET",
            SpoolFolder = spool,
        };
        _objects = new S3Objects(options);
        FileBlobStore files = new(
            new StorageOptions { DataFolder = _folder, BlobFolder = spool, MinFreeBytes = 0 }, TimeProvider.System);
        Directory.CreateDirectory(files.Folder.Incoming);
        _store = new S3BlobStore(_objects, files, options, TimeProvider.System);
    }

    [TearDown]
    public async Task Stop()
    {
        _objects.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_damaged_blob_is_set_aside_stored_anew_and_both_go_when_it_is_deleted()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(5000);
        ContentHash hash = await WriteAsync(bytes);
        string path = _server.Objects.Keys.Single();
        byte[] damaged = [.. bytes];
        damaged[7] ^= 1;
        _server.Objects[path] = damaged;

        await _store.SetAsideAsync(hash, default);
        long? length = await _store.FindLengthAsync(hash, default);
        await WriteAsync(bytes);

        Assert.That(length, Is.Null, "nobody is served the damaged one");
        Assert.That(_server.Objects[path + ".damaged"], Is.EqualTo(damaged));
        Assert.That(_server.Objects[path], Is.EqualTo(bytes));
        await _store.DeleteAsync(hash, default);
        Assert.That(_server.Objects, Is.Empty);
    }

    [Test]
    public async Task One_that_is_not_there_cannot_be_set_aside_and_is_no_error()
    {
        await _store.SetAsideAsync(ContentHash.FromDigest(SHA256.HashData([1])), default);

        Assert.That(_server.Objects, Is.Empty);
    }

    [TestCase("", null)]
    [TestCase("deny PUT", "could not be put up (AccessDenied)")]
    [TestCase("deny DELETE", "could not be deleted (AccessDenied)")]
    [TestCase("change", "comes back changed")]
    [TestCase("keep", "is still there")]
    public async Task A_probe_says_what_the_object_store_does_not_do(string fault, string? says)
    {
        _server.Fault = fault;

        string? found = await _store.ProbeAsync(default);

        Assert.That(found, says is null ? Is.Null : Does.Contain(says!));
        Assert.That(_server.Objects, Has.Count.EqualTo(fault is "deny DELETE" or "keep" ? 1 : 0));
    }

    [Test]
    public async Task What_an_object_store_is_too_busy_to_take_waits_in_the_spool()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(5000);
        _server.Fault = "busy";
        ContentHash hash = await WriteAsync(bytes);
        _server.Fault = string.Empty;

        Assert.That(_server.Objects, Is.Empty);
        Assert.That(await _store.FindLengthAsync(hash, default), Is.EqualTo(bytes.Length));
        Assert.That(await _store.DrainAsync(default), Is.EqualTo(1));
        Assert.That(_server.Objects.Values.Single(), Is.EqualTo(bytes));
    }

    [TestCase("busy", "does not answer")]
    [TestCase("deny GET", "refuses (AccessDenied)")]
    public async Task An_object_store_that_is_busy_or_refuses_is_away_and_no_fault_of_what_is_in_it(string fault, string says)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(5000);
        ContentHash hash = await WriteAsync(bytes);
        _server.Fault = fault;

        Assert.That(
            async () => await _store.OpenAsync(hash, 0, default),
            Throws.TypeOf<StorageAwayException>().With.Message.Contains(says));

        _server.Fault = string.Empty;
        await using Stream read = await _store.OpenAsync(hash, 0, default);
        byte[] back = new byte[bytes.Length];
        await read.ReadExactlyAsync(back);
        Assert.That(back, Is.EqualTo(bytes));
    }

    private async Task<ContentHash> WriteAsync(byte[] bytes)
    {
        await using IBlobWriter writer = await _store.CreateAsync(BlobNaming.ByHash, default);
        await writer.WriteAsync(bytes, default);
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        await writer.CommitAsync(hash, default);
        return hash;
    }
}
