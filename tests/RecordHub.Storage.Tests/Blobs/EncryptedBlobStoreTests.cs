using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Blobs;

public sealed class EncryptedBlobStoreTests
{
    private const int Chunk = EncryptedFormat.ChunkLength;

    private static readonly KeyRing s_keys = new(NewKey(), []);

    private string _folder = string.Empty;
    private FileBlobStore _files = null!;
    private EncryptedBlobStore _store = null!;

    [SetUp]
    public void MakeStore()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-blobs-").FullName;
        StorageOptions options = new() { DataFolder = _folder, BlobFolder = _folder, MinFreeBytes = 0 };
        _files = new FileBlobStore(options, new FakeTimeProvider());
        Directory.CreateDirectory(_files.Folder.Incoming);
        _store = new EncryptedBlobStore(_files, s_keys);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_goes_in_comes_out_from_any_offset_and_is_nowhere_on_the_disk(
        [Values(0, 1, 15, 16, 17, Chunk - 1, Chunk, Chunk + 1, 3 * Chunk, (3 * Chunk) + 777)] int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        ContentHash hash = await WriteAsync(_store, bytes);

        Assert.That(await _store.FindLengthAsync(hash, default), Is.EqualTo(length));
        foreach (int offset in new[] { 0, 1, Chunk - 1, Chunk, Chunk + 1, length - 1, length }
            .Where(offset => offset >= 0 && offset <= length).Distinct())
        {
            Assert.That(await ReadAsync(hash, offset), Is.EqualTo(bytes[offset..]), $"from {offset}");
        }

        byte[] stored = await File.ReadAllBytesAsync(_files.Folder.PathOf(hash));
        Assert.That(length < 15 || stored.AsSpan().IndexOf(bytes.AsSpan(0, 15)) < 0, Is.True);
    }

    [Test]
    public async Task Seeking_to_and_fro_reads_what_stands_there_by_both_ways_of_reading()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes((5 * Chunk) + 1234);
        ContentHash hash = await WriteAsync(_store, bytes);
        Random random = new(7);
        await using Stream stream = await _store.OpenAsync(hash, 0, default);
        byte[] buffer = new byte[3000];

        for (int round = 0; round < 200; round++)
        {
            int at = random.Next(bytes.Length - buffer.Length);
            stream.Seek(at, SeekOrigin.Begin);
            if (round % 2 == 0)
            {
                stream.ReadExactly(buffer);
            }
            else
            {
                await stream.ReadExactlyAsync(buffer);
            }

            Assert.That(buffer, Is.EqualTo(bytes[at..(at + buffer.Length)]), $"round {round} at {at}");
        }
    }

    [Test]
    public async Task A_changed_bit_anywhere_is_an_error_and_gives_out_nothing_of_its_chunk()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(Chunk + 100);
        ContentHash hash = await WriteAsync(_store, bytes);
        string file = _files.Folder.PathOf(hash);
        byte[] stored = await File.ReadAllBytesAsync(file);
        int second = EncryptedFormat.HeaderLength + EncryptedFormat.SealedChunkLength;

        foreach (int place in new[] { EncryptedFormat.HeaderLength, second - 1, second, stored.Length - 1 })
        {
            byte[] changed = [.. stored];
            changed[place] ^= 1;
            await File.WriteAllBytesAsync(file, changed);

            Assert.That(async () => await ReadAsync(hash, place < second ? 0 : Chunk), Throws.InstanceOf<InvalidDataException>());
        }
    }

    [Test]
    public async Task A_blob_cut_at_a_chunk_does_not_look_whole()
    {
        ContentHash hash = await WriteAsync(_store, RandomNumberGenerator.GetBytes(2 * Chunk));
        string file = _files.Folder.PathOf(hash);
        byte[] stored = await File.ReadAllBytesAsync(file);

        await File.WriteAllBytesAsync(file, stored[..^EncryptedFormat.SealedChunkLength]);

        Assert.That(async () => await ReadAsync(hash, 0), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task What_was_stored_in_the_clear_before_is_still_read()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(5000);
        ContentHash hash = await WriteAsync(_files, bytes);

        Assert.That(await ReadAsync(hash, 100), Is.EqualTo(bytes[100..]));
        Assert.That(await _store.FindLengthAsync(hash, default), Is.EqualTo(5000));
    }

    [Test]
    public async Task A_blob_whose_key_is_not_configured_says_which_setting_opens_it()
    {
        ContentHash hash = await WriteAsync(_store, new byte[10]);
        EncryptedBlobStore other = new(_files, new KeyRing(NewKey(), []));

        Assert.That(
            async () => await other.OpenAsync(hash, 0, default),
            Throws.InstanceOf<BlobKeyMissingException>().With.Message.Contains("Blobs:FormerEncryptionKeys"));
    }

    [Test]
    public async Task After_a_rotation_the_former_key_is_not_needed_and_the_bytes_are_as_they_were()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(Chunk + 5);
        ContentHash hash = await WriteAsync(_store, bytes);
        ContentHash clear = await WriteAsync(_files, new byte[3]);
        BlobKey next = NewKey();

        KeyRotationResult first = await RotateAsync(new KeyRing(next, [s_keys.Active]));
        KeyRotationResult again = await RotateAsync(new KeyRing(next, []));
        _store = new EncryptedBlobStore(_files, new KeyRing(next, []));

        Assert.That(first, Is.EqualTo(new KeyRotationResult(1, 0, 1, 0)));
        Assert.That(again, Is.EqualTo(new KeyRotationResult(0, 1, 1, 0)));
        Assert.That(await ReadAsync(hash, 0), Is.EqualTo(bytes));
        Assert.That(await ReadAsync(clear, 0), Is.EqualTo(new byte[3]));
    }

    [Test]
    public async Task A_rotation_cut_off_in_either_slot_leaves_a_blob_that_opens([Values(0, 1)] int torn)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(100);
        ContentHash hash = await WriteAsync(_store, bytes);
        string file = _files.Folder.PathOf(hash);
        byte[] stored = await File.ReadAllBytesAsync(file);
        RandomNumberGenerator.Fill(stored.AsSpan(EncryptedFormat.SlotOffset(torn), EncryptedFormat.SlotLength));
        await File.WriteAllBytesAsync(file, stored);

        Assert.That(await ReadAsync(hash, 0), Is.EqualTo(bytes));
        KeyRotationResult healed = await RotateAsync(s_keys);
        Assert.That(healed.Rewrapped, Is.EqualTo(1));
    }

    [Test]
    public void A_key_is_thirty_two_bytes_of_base64()
    {
        Assert.That(BlobKey.TryParse(Convert.ToBase64String(new byte[32]), out _), Is.True);
        Assert.That(BlobKey.TryParse(Convert.ToBase64String(new byte[31]), out _), Is.False);
        Assert.That(BlobKey.TryParse(Convert.ToBase64String(new byte[33]), out _), Is.False);
        Assert.That(BlobKey.TryParse("not base64", out _), Is.False);
        Assert.That(BlobKey.TryParse(null, out _), Is.False);
    }

    // There is no volume in this folder, so no database is asked.
    private async Task<KeyRotationResult> RotateAsync(KeyRing keys)
    {
        await using SqliteDatabase database = new(Path.Combine(_files.Folder.Root, "unused.db"));
        return await new KeyRotation(_files.Folder, new VolumeFolder(_files.Folder.Root), database, keys).RunAsync(null, default);
    }

    private static BlobKey NewKey()
    {
        string text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(BlobKey.Length));
        return BlobKey.TryParse(text, out BlobKey? key) ? key! : throw new InvalidOperationException("A fresh key is none.");
    }

    private static async Task<ContentHash> WriteAsync(IBlobStore store, byte[] bytes)
    {
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        await using IBlobWriter writer = await store.CreateAsync(BlobNaming.ByHash, default);
        foreach (byte[] part in bytes.Chunk(10_007))
        {
            await writer.WriteAsync(part, default);
        }

        await writer.CommitAsync(hash, default);
        return hash;
    }

    private async Task<byte[]> ReadAsync(ContentHash hash, long offset)
    {
        await using Stream stream = await _store.OpenAsync(hash, offset, default);
        using MemoryStream read = new();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }
}
