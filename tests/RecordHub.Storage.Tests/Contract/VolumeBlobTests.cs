using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Small blobs share a file, and are found by the place that comes with the row that names them.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class VolumeBlobTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private StorageOptions _options = null!;
    private Database _database = null!;
    private FileBlobStore _files = null!;
    private VolumeSet _volumes = null!;
    private VolumeBlobStore _blobs = null!;
    private ItemStore _items = null!;

    private static CancellationToken Stop => CancellationToken.None;

    [SetUp]
    public void MakeBlobs()
    {
        _options = new StorageOptions
        {
            DataFolder = Directory.CreateTempSubdirectory("recordhub-volumes-").FullName,
            MinFreeBytes = 0,
            MostVolumeBlobBytes = 1000,
        };
        _database = Store.Connect();
        _files = new FileBlobStore(_options, Store.Time);
        Directory.CreateDirectory(_files.Folder.Incoming);
        Directory.CreateDirectory(new VolumeFolder(_options.BlobPath).Root);
        OpenVolumes();
    }

    [TearDown]
    public async Task RemoveBlobsAsync()
    {
        _volumes.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_options.DataFolder, recursive: true);
    }

    [Test]
    public async Task Small_ones_that_come_together_share_a_file_and_each_is_read_as_it_came()
    {
        byte[][] contents = [.. Enumerable.Range(1, 64).Select(length => RandomNumberGenerator.GetBytes(length * 15))];
        ContentHash[] hashes = await Task.WhenAll(contents.Select(bytes => Task.Run(() => StoreAsync(bytes))));

        Assert.That(_volumes.Folder.List().Count(), Is.EqualTo(1));
        Assert.That(_files.Folder.Files(), Is.Empty);
        for (int i = 0; i < contents.Length; i++)
        {
            Assert.That(await ReadAsync(_blobs, hashes[i]), Is.EqualTo(contents[i]));
            Assert.That(await ReadAsync(_blobs, hashes[i], 7), Is.EqualTo(contents[i][7..]));
            Assert.That(await _blobs.FindLengthAsync(hashes[i], Stop), Is.EqualTo(contents[i].Length));
        }
    }

    [Test]
    public async Task A_longer_one_has_a_file_of_its_own([Values(1000, 1001, 400_000)] int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        ContentHash hash = await StoreAsync(bytes);

        Assert.That(File.Exists(_files.Folder.PathOf(hash)), Is.EqualTo(length > 1000));
        Assert.That(await ReadAsync(_blobs, hash), Is.EqualTo(bytes));
    }

    [Test]
    public async Task What_comes_twice_takes_room_once_and_stays_readable()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(900);
        ContentHash hash = await StoreAsync(bytes);
        Assert.That(await StoreAsync(bytes), Is.EqualTo(hash));

        byte[] volume = await VolumeAsync();
        Assert.That(volume.AsSpan(0, 900).SequenceEqual(bytes), Is.True);
        Assert.That(volume.AsSpan(900).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(await ReadAsync(_blobs, hash), Is.EqualTo(bytes));
    }

    [Test]
    public async Task After_a_removal_no_byte_of_it_is_there_and_its_neighbours_are()
    {
        byte[] before = RandomNumberGenerator.GetBytes(700);
        byte[] removed = RandomNumberGenerator.GetBytes(800);
        byte[] after = RandomNumberGenerator.GetBytes(900);
        ContentHash[] hashes = [await StoreAsync(before), await StoreAsync(removed), await StoreAsync(after)];

        await _blobs.DeleteAsync(hashes[1], Stop);

        byte[] volume = await VolumeAsync();
        Assert.That(volume.AsSpan(700, 800).ContainsAnyExcept((byte)0), Is.False);
        Assert.ThrowsAsync<BlobMissingException>(() => _blobs.OpenAsync(hashes[1], 0, Stop));
        Assert.That(await _blobs.FindLengthAsync(hashes[1], Stop), Is.Null);
        Assert.That(await ReadAsync(_blobs, hashes[0]), Is.EqualTo(before));
        Assert.That(await ReadAsync(_blobs, hashes[2]), Is.EqualTo(after));
    }

    [Test]
    public async Task One_that_was_set_aside_is_missing_until_the_same_bytes_come_again()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(500);
        ContentHash hash = await StoreAsync(bytes);

        await _blobs.SetAsideAsync(hash, Stop);

        Assert.That(await _blobs.FindLengthAsync(hash, Stop), Is.Null);
        Assert.That(await File.ReadAllBytesAsync(_files.Folder.PathOf(hash) + ".damaged"), Is.EqualTo(bytes));
        await StoreAsync(bytes);
        Assert.That(await ReadAsync(_blobs, hash), Is.EqualTo(bytes));
    }

    [TestCase("removed")]
    [TestCase("cut off")]
    [TestCase("changed")]
    public async Task One_that_was_lost_or_damaged_is_whole_again_once_the_same_bytes_come_again(string fault)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(500);
        ContentHash hash = await StoreAsync(bytes);
        string volume = _volumes.Folder.PathOf(_volumes.Folder.List().Single());
        _volumes.Dispose();
        OpenVolumes();
        Harm(volume, fault);
        Assert.That(await _blobs.FindLengthAsync(hash, Stop), fault == "changed" ? Is.EqualTo(500) : Is.Null);
        if (fault != "changed")
        {
            Assert.ThrowsAsync<BlobMissingException>(() => _blobs.OpenAsync(hash, 0, Stop), "never a part of it as the whole");
        }

        await StoreAsync(bytes);

        Assert.That(await ReadAsync(_blobs, hash), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Nothing_is_taken_into_a_volume_that_was_removed_while_it_is_written()
    {
        await StoreAsync(RandomNumberGenerator.GetBytes(500));
        byte[] next = RandomNumberGenerator.GetBytes(500);
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(next));
        File.Delete(_volumes.Folder.PathOf(_volumes.Folder.List().Single()));
        await using (IBlobWriter writer = await _blobs.CreateAsync(BlobNaming.ByRow, Stop))
        {
            await writer.WriteAsync(next, Stop);
            BlobPlace? place = await writer.CommitAsync(hash, Stop);
            Assert.ThrowsAsync<StorageAwayException>(async () => await _items.ReceiveAsync(
                Make.Item(hash.ToString()) with { Blob = hash, Content = hash, Length = next.Length, Place = place }, Stop));
        }

        await StoreAsync(next);
        Assert.That(await ReadAsync(_blobs, hash), Is.EqualTo(next), "the next one has a name");
    }

    private static void Harm(string volume, string fault)
    {
        if (fault == "removed")
        {
            File.Delete(volume);
            return;
        }

        using FileStream file = new(volume, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (fault == "cut off")
        {
            file.SetLength(499);
            return;
        }

        int first = file.ReadByte();
        file.Position = 0;
        file.WriteByte((byte)(first ^ 1));
    }

    [Test]
    public async Task What_no_row_came_to_name_is_given_back_when_its_volume_is_at_rest()
    {
        byte[] kept = RandomNumberGenerator.GetBytes(700);
        ContentHash hash = await StoreAsync(kept);
        await WriteAsync(_blobs, RandomNumberGenerator.GetBytes(800), BlobNaming.ByRow);
        VolumeSweep sweep = new(_volumes.Folder, _database, Store.Time);

        await DayAsync(sweep);
        Assert.That((await VolumeAsync()).AsSpan(700, 800).ContainsAnyExcept((byte)0), Is.True, "in use");

        _volumes.Dispose();
        Age();
        await using (Stream reading = await _blobs.OpenAsync(hash, 0, Stop))
        {
            await DayAsync(sweep);
            byte[] read = new byte[kept.Length];
            await reading.ReadExactlyAsync(read);
            Assert.That(read, Is.EqualTo(kept), "by somebody who has it open");
        }

        Assert.That((await VolumeAsync()).AsSpan(700).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(await ReadAsync(_blobs, hash), Is.EqualTo(kept));

        await _blobs.DeleteAsync(hash, Stop);
        Age();
        await DayAsync(sweep);
        Assert.That(_volumes.Folder.List(), Is.Empty);
        OpenVolumes();
    }

    [Test]
    public async Task Encrypted_ones_open_after_their_keys_were_wrapped_anew()
    {
        BlobKey first = NewKey();
        BlobKey next = NewKey();
        byte[] bytes = RandomNumberGenerator.GetBytes(600);
        ContentHash hash = await StoreAsync(bytes, new EncryptedBlobStore(_blobs, new KeyRing(first, [])));
        Assert.That((await VolumeAsync()).AsSpan().IndexOf(bytes.AsSpan(0, 32)), Is.Negative);

        KeyRotationResult result = await new KeyRotation(
            _files.Folder, _volumes.Folder, _database, new KeyRing(next, [first])).RunAsync(null, Stop);

        Assert.That(result, Is.EqualTo(new KeyRotationResult(1, 0, 0, 0)));
        Assert.That(await ReadAsync(new EncryptedBlobStore(_blobs, new KeyRing(next, [])), hash), Is.EqualTo(bytes));
    }

    private static BlobKey NewKey() =>
        BlobKey.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), out BlobKey? key) && key is not null
            ? key : throw new InvalidOperationException("A fresh key is none.");

    private void OpenVolumes()
    {
        _volumes = new VolumeSet(new VolumeFolder(_options.BlobPath));
        _blobs = new VolumeBlobStore(_files, _volumes, _database, _options);
        _items = new ItemStore(_database, _volumes, _options, Store.Time);
    }

    private static async Task<(ContentHash Hash, BlobPlace? Place)> WriteAsync(IBlobStore blobs, byte[] bytes, BlobNaming naming)
    {
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        await using IBlobWriter writer = await blobs.CreateAsync(naming, Stop);
        await writer.WriteAsync(bytes, Stop);
        return (hash, await writer.CommitAsync(hash, Stop));
    }

    private async Task<ContentHash> StoreAsync(byte[] bytes, IBlobStore? blobs = null)
    {
        (ContentHash hash, BlobPlace? place) = await WriteAsync(blobs ?? _blobs, bytes, BlobNaming.ByRow);
        await _items.ReceiveAsync(
            Make.Item(hash.ToString()) with { Blob = hash, Content = hash, Length = bytes.Length, Place = place }, Stop);
        return hash;
    }

    private static async Task<byte[]> ReadAsync(IBlobStore blobs, ContentHash hash, long offset = 0)
    {
        await using Stream stream = await blobs.OpenAsync(hash, offset, Stop);
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private Task<byte[]> VolumeAsync() => File.ReadAllBytesAsync(_volumes.Folder.PathOf(_volumes.Folder.List().Single()));

    private void Age() => File.SetLastWriteTimeUtc(
        _volumes.Folder.PathOf(_volumes.Folder.List().Single()), (Store.Time.GetUtcNow() - TimeSpan.FromDays(2)).UtcDateTime);

    private async Task DayAsync(VolumeSweep sweep)
    {
        for (int hour = 0; hour < 24; hour++)
        {
            await sweep.SweepAsync(Stop);
            Store.Time.Advance(TimeSpan.FromHours(1));
        }
    }
}
