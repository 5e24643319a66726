using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Tests.Pixels;

internal sealed class FramePlacesTests
{
    [Test]
    public void Native_frames_share_the_value_evenly() => Assert.That(
        FramePlaces.Find(Pixels(false, 1000, 300), 3, 2), Is.EqualTo(new[] { new PixelFragment(1100, 100) }));

    [Test]
    public void A_single_compressed_frame_is_all_of_its_fragments()
    {
        PixelFragment[] fragments = [new(100, 10), new(118, 20)];

        Assert.That(FramePlaces.Find(Pixels(true, 84, 60, fragments), 1, 1), Is.EqualTo(fragments));
    }

    [Test]
    public void As_many_fragments_as_frames_are_one_each() => Assert.That(
        FramePlaces.Find(Pixels(true, 84, 60, new PixelFragment(100, 10), new PixelFragment(118, 20)), 2, 2),
        Is.EqualTo(new[] { new PixelFragment(118, 20) }));

    [Test]
    public void More_fragments_than_frames_are_told_apart_by_the_offset_table()
    {
        PixelFragment[] fragments = [new(108, 10), new(126, 20), new(154, 30)];
        PixelDataLocation pixels = Pixels(true, 84, 100, fragments) with
        {
            BasicOffsetTable = new byte[] { 0, 0, 0, 0, 46, 0, 0, 0 },
        };

        Assert.That(FramePlaces.Find(pixels, 2, 1), Is.EqualTo(fragments[..2]));
        Assert.That(FramePlaces.Find(pixels, 2, 2), Is.EqualTo(fragments[2..]));
    }

    [Test]
    public void More_frames_than_there_can_be_are_none() =>
        Assert.That(FramePlaces.Find(Pixels(true, 84, 60, new PixelFragment(100, 10)), int.MaxValue, 2), Is.Null);

    [TestCase(0)]
    [TestCase(4)]
    public void A_frame_that_is_not_there_is_none(int frame) =>
        Assert.That(FramePlaces.Find(Pixels(false, 1000, 300), 3, frame), Is.Null);

    private static PixelDataLocation Pixels(
        bool encapsulated, long offset, long length, params PixelFragment[] fragments) => new(
        new DicomTag(0x7FE0, 0x0010), DicomVr.OW, offset, length, 0, encapsulated, ReadOnlyMemory<byte>.Empty, fragments,
        fragments.Length);
}
