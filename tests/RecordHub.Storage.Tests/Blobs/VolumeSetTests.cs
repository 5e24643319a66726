using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs.Volumes;

namespace RecordHub.Storage.Tests.Blobs;

/// <summary>Blobs of all lengths in one volume: short ones through the system's memory, long ones past it where it can.</summary>
[TestFixture]
public sealed class VolumeSetTests
{
    private const int Block = DirectFile.Alignment;

    private string _folder = null!;
    private VolumeSet _volumes = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-volume-set-").FullName;
        Directory.CreateDirectory(new VolumeFolder(_folder).Root);
        _volumes = new VolumeSet(new VolumeFolder(_folder));
    }

    [TearDown]
    public void Remove()
    {
        _volumes.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Each_length_is_read_as_it_was_written_whatever_lies_beside_it()
    {
        int[] lengths =
        [
            1, Piece.Length - 1, 3, Piece.Length, Piece.Length + 1, Block, (4 * Piece.Length) + 200, 8 * Piece.Length, 7,
            (2 * Piece.Length) - Block, Block + 1, Piece.Length + Block,
        ];
        byte[][] contents = [.. lengths.Select(RandomNumberGenerator.GetBytes)];

        BlobPlace[] places = [.. contents.Select(Append)];

        AssertRead(places, contents);
        _volumes.Dispose();
        _volumes = new VolumeSet(new VolumeFolder(_folder));
        AssertRead(places, contents);
    }

    [Test]
    public async Task They_are_written_at_the_same_time()
    {
        byte[][] contents = [.. Enumerable.Range(0, 48)
            .Select(i => RandomNumberGenerator.GetBytes(i % 3 == 0 ? 1000 + i : (Piece.Length * (1 + (i % 4))) + i))];

        BlobPlace[] places = await Task.WhenAll(contents.Select(bytes => Task.Run(() => Append(bytes))));

        AssertRead(places, contents);
    }

    [Test]
    public void A_volume_that_is_full_is_followed_by_the_next()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(8 * Piece.Length);

        BlobPlace[] places = [.. Enumerable.Range(0, (int)(VolumeSet.MostBytes / bytes.Length) + 1).Select(_ => Append(bytes))];

        Assert.That(places.Select(static place => place.Volume).Distinct().Count(), Is.EqualTo(2));
        AssertRead([places[0], places[^2], places[^1]], [bytes, bytes, bytes]);
        Assert.That(
            new FileInfo(_volumes.Folder.PathOf(places[0].Volume)).Length, Is.EqualTo(VolumeSet.MostBytes),
            "the room that was taken ahead is given back");
    }

    [Test]
    public void The_beginning_of_what_is_fresh_needs_no_disk_the_first_time([Values(100, 500_000)] int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        BlobPlace place = Append(bytes);
        using (FileStream file = new(
            _volumes.Folder.PathOf(place.Volume), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = place.Offset;
            file.WriteByte((byte)(bytes[0] ^ 0xFF));
        }

        using (VolumeStream first = _volumes.TryReadFresh(place)!)
        {
            Assert.That(ReadAll(first), Is.EqualTo(bytes));
            first.Position = 3;
            Assert.That(first.ReadByte(), Is.EqualTo(bytes[3]));
        }

        using VolumeStream second = _volumes.TryReadFresh(place)!;
        Assert.That(second.ReadByte(), Is.EqualTo((byte)(bytes[0] ^ 0xFF)), "it was kept for one reader");
    }

    [Test]
    public void What_is_cleared_is_in_no_memory_either([Values(100, 500_000)] int length)
    {
        BlobPlace place = Append(RandomNumberGenerator.GetBytes(length));

        _volumes.Clear(place);

        using VolumeStream fresh = _volumes.TryReadFresh(place)!;
        Assert.That(ReadAll(fresh), Is.All.Zero);
    }

    [Test]
    public void Beginnings_that_nobody_asks_for_make_room()
    {
        FreshHeads heads = new();
        BlobPlace[] places = [.. Enumerable.Range(0, 3000).Select(static i => new BlobPlace(Guid.Empty, i, 1))];
        foreach (BlobPlace place in places)
        {
            heads.Keep(place, [(byte)(place.Offset % 251)]);
        }

        Assert.That(heads.Take(places[0]), Is.Null);
        using FreshHead last = heads.Take(places[^1])!;
        byte[] read = new byte[2];
        Assert.That(last.Read(0, read), Is.EqualTo(1));
        Assert.That(read[0], Is.EqualTo(2999 % 251));
        Assert.That(last.Read(1, read), Is.Zero);
    }

    [Test]
    public async Task After_many_short_ones_the_next_volume_is_written_with_zeros_before_it_is_used()
    {
        byte[][] before = [.. Enumerable.Range(0, 170).Select(i => RandomNumberGenerator.GetBytes(25_000 + i))];
        BlobPlace[] first = [.. before.Select(Append)];
        await _volumes.Preparer.Begin();

        byte[][] contents = [.. new[] { 1, Block - 1, Block, Block + 1, Piece.Length - 1, Piece.Length + 1, 2, 500_000, 27_000 }
            .Select(RandomNumberGenerator.GetBytes)];
        BlobPlace[] places = [.. contents.Select(Append)];

        Assert.That(first.Select(static place => place.Volume).Distinct().Count(), Is.EqualTo(1));
        Assert.That(places.Select(static place => place.Volume).Distinct().Single(), Is.Not.EqualTo(first[0].Volume));
        Assert.That(places.Select(static place => place.Offset % Block), Is.All.Zero);
        AssertRead(first, before);
        AssertRead(places, contents);
        string path = _volumes.Folder.PathOf(places[0].Volume);
        Assert.That(new FileInfo(path).Length, Is.EqualTo(VolumeSet.MostBytes));
        Assert.That(
            new FileInfo(_volumes.Folder.PathOf(first[0].Volume)).Length, Is.EqualTo(first[^1].Offset + first[^1].Length),
            "the room that was taken ahead is given back");

        // What lies between them is zeros: nothing of what the memory held before.
        _volumes.Dispose();
        byte[] all = File.ReadAllBytes(path);
        Assert.That(all, Has.Length.EqualTo(DirectFile.Align(places[^1].Offset + places[^1].Length)));
        foreach (BlobPlace place in places)
        {
            int end = (int)(place.Offset + place.Length);
            Assert.That(all[end..(int)DirectFile.Align(end)], Is.All.Zero);
        }
    }

    [Test]
    public async Task One_that_was_prepared_in_vain_is_removed()
    {
        await _volumes.Preparer.Begin();
        Assert.That(_volumes.Folder.List().Count(), Is.EqualTo(1));

        _volumes.Dispose();

        Assert.That(_volumes.Folder.List(), Is.Empty);
        Assert.That(_volumes.Preparer.Begin().IsCompleted, Is.True, "none is begun after the end");
    }

    [Test]
    public async Task A_folder_that_goes_away_ends_neither_the_preparing_nor_the_process()
    {
        await _volumes.Preparer.Begin();
        Volume ready = _volumes.Preparer.Take()!;
        Directory.Delete(_volumes.Folder.Root, recursive: true);

        ready.Remove();
        await _volumes.Preparer.Begin();

        Assert.That(_volumes.Preparer.IsReady, Is.False);
    }

    [Test]
    public void Long_ones_prepare_nothing()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(8 * Piece.Length);

        BlobPlace[] places = [.. Enumerable.Range(0, 20).Select(_ => Append(bytes))];

        Assert.That(places.Select(static place => place.Volume).Distinct().Count(), Is.EqualTo(1));
        Assert.That(_volumes.Folder.List().Count(), Is.EqualTo(1));
    }

    [TestCase(4096 + 100, 3996, true)]
    [TestCase(4096 + 100, 3995, false)]
    [TestCase(0, 4096, false)]
    public void What_is_left_of_a_block_is_padding(long offset, long length, bool isPadding) =>
        Assert.That(new VolumeRange(offset, length).IsPadding, Is.EqualTo(isPadding));

    [Test]
    public void Where_it_cannot_be_written_past_the_systems_memory_it_is_said()
    {
        Assert.That(DirectFile.TryOpen(Path.Combine(_folder, "none")), Is.Null);

        string path = Path.Combine(_folder, "file");
        File.WriteAllBytes(path, new byte[Block]);
        using DirectFile? file = DirectFile.TryOpen(path);
        Assume.That(file, Is.Not.Null, "This file system cannot at all.");
        Piece piece = Piece.Rent();
        Assert.That(file!.TryWrite([piece], new VolumeRange(1, 10)), Is.False, "no block begins there");
        Assert.That(file.IsUsable, Is.False);
        Assert.That(file.TryWrite([piece], new VolumeRange(0, 10)), Is.False);
        piece.Return();
        Assert.That(File.ReadAllBytes(path), Is.All.Zero);
    }

    // As the store does it: pieces that are filled one after the other, flushed, and let go.
    private BlobPlace Append(byte[] bytes)
    {
        List<Piece> pieces = [];
        for (int done = 0; done < bytes.Length; done += Piece.Length)
        {
            pieces.Add(Piece.Rent());
            bytes.AsSpan(done, Math.Min(Piece.Length, bytes.Length - done)).CopyTo(pieces[^1].Span);
        }

        BlobPlace place = _volumes.Append(pieces, bytes.Length);
        _volumes.FlushOf(place)!.Run();
        _volumes.Release(place);
        pieces.ForEach(static piece =>
        {
            piece.Span.Fill(0xEE);
            piece.Return();
        });
        return place;
    }

    private void AssertRead(BlobPlace[] places, byte[][] contents)
    {
        for (int i = 0; i < places.Length; i++)
        {
            using VolumeStream bytes = _volumes.TryRead(places[i])!;
            Assert.That(ReadAll(bytes).AsSpan().SequenceEqual(contents[i]), Is.True, $"the one of {contents[i].Length} bytes");
        }
    }

    private static byte[] ReadAll(Stream bytes)
    {
        using MemoryStream all = new();
        bytes.CopyTo(all);
        return all.ToArray();
    }
}
