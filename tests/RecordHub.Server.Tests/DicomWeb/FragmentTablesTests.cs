using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Server.DicomWeb;

namespace RecordHub.Server.Tests.DicomWeb;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FragmentTablesTests
{
    private readonly FragmentTables _tables = new();

    [Test]
    public void What_has_many_fragments_is_kept_and_is_what_it_was()
    {
        PixelDataLocation pixels = Pixels(1000);

        _tables.Keep(Hash(1), pixels);

        Assert.That(_tables.Find(Hash(1))?.Fragments, Is.EqualTo(pixels.Fragments));
        Assert.That(_tables.Find(Hash(1))?.BasicOffsetTable.ToArray(), Is.EqualTo(pixels.BasicOffsetTable.ToArray()));
        Assert.That(_tables.Find(Hash(2)), Is.Null);
    }

    [Test]
    public void What_is_soon_found_again_is_not_kept()
    {
        _tables.Keep(Hash(1), Pixels(FragmentTables.Fewest - 1));
        _tables.Keep(Hash(2), Pixels(1000) with { IsEncapsulated = false });

        Assert.That((_tables.Find(Hash(1)), _tables.Find(Hash(2))), Is.EqualTo((default(PixelDataLocation), default(PixelDataLocation))));
    }

    [Test]
    public void The_first_kept_goes_when_there_is_no_room_left()
    {
        for (int i = 0; i < 5; i++)
        {
            _tables.Keep(Hash(i), Pixels(300_000));
        }

        Assert.That(Enumerable.Range(0, 5).Select(i => _tables.Find(Hash(i)) is not null), Is.EqualTo([false, false, true, true, true]));
    }

    private static ContentHash Hash(int number) => ContentHash.FromDigest(SHA256.HashData(BitConverter.GetBytes(number)));

    private static PixelDataLocation Pixels(int fragments) => new(
        new DicomTag(0x7FE0, 0x0010), DicomVr.OB, 100, fragments * 20L, uint.MaxValue, true, new byte[] { 1, 2, 3, 4 },
        [.. Enumerable.Range(0, fragments).Select(i => new PixelFragment(120 + (i * 20L), 12))], fragments);
}
