using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Tests.Pixels;

internal sealed class FrameStartsTests
{
    private const string Jpeg = "1.2.840.10008.1.2.4.50";
    private const string Jpeg2000 = "1.2.840.10008.1.2.4.90";
    private const string Rle = "1.2.840.10008.1.2.5";

    private static readonly byte[] s_first = [0xFF, 0xD8, 0xFF, 1, 1, 1];
    private static readonly byte[] s_end = [1, 2, 3, 4, 0xFF, 0xD9];
    private static readonly byte[] s_paddedEnd = [1, 2, 3, 0xFF, 0xD9, 0];
    private static readonly byte[] s_whole = [0xFF, 0xD8, 0xFF, 2, 0xFF, 0xD9];

    [Test]
    public async Task Each_frame_begins_behind_the_end_of_the_one_before()
    {
        PixelDataLocation told = await TellAsync(Jpeg, 3, s_first, s_paddedEnd, s_whole, s_first, [9, 9, 9, 9, 9, 9], s_end);

        Assert.That(FramePlaces.Find(told, 3, 1), Is.EqualTo(told.Fragments.Take(2)));
        Assert.That(FramePlaces.Find(told, 3, 2), Is.EqualTo(told.Fragments.Skip(2).Take(1)));
        Assert.That(FramePlaces.Find(told, 3, 3), Is.EqualTo(told.Fragments.Skip(3)));
    }

    [Test]
    public async Task What_looks_like_a_beginning_inside_a_frame_is_none()
    {
        PixelDataLocation told = await TellAsync(Jpeg, 2, s_first, s_first, s_end, s_whole);

        Assert.That(FramePlaces.Find(told, 2, 2), Is.EqualTo(told.Fragments.Skip(3)));
    }

    [TestCase(Jpeg, 3)]
    [TestCase(Jpeg2000, 2)]
    [TestCase(Rle, 2)]
    public async Task What_cannot_be_told_apart_is_left_as_it_is(string syntax, int frames)
    {
        PixelDataLocation told = await TellAsync(syntax, frames, s_first, s_end, s_first, s_end);

        Assert.That(told.BasicOffsetTable.IsEmpty, Is.True);
    }

    private static async Task<PixelDataLocation> TellAsync(string syntax, int frames, params byte[][] fragments)
    {
        using MemoryStream file = new();
        List<PixelFragment> places = [];
        foreach (byte[] fragment in fragments)
        {
            file.Write(new byte[8]);
            places.Add(new PixelFragment(file.Position, fragment.Length));
            file.Write(fragment);
        }

        PixelDataLocation pixels = new(
            DicomTags.PixelData, DicomVr.OB, 0, file.Length, uint.MaxValue, true, ReadOnlyMemory<byte>.Empty, places, places.Count);
        return await FrameStarts.TellApartAsync(pixels, frames, syntax, file, CancellationToken.None);
    }
}
