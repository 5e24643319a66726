using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Tests.Pixels;

internal sealed class NativeFramesTests
{
    [TestCase("MONOCHROME2", 1, 16, 240)]
    [TestCase("MONOCHROME2", 1, 1, 15)]
    [TestCase("RGB", 3, 8, 360)]
    [TestCase("YBR_FULL_422", 3, 8, 240)]
    public void A_frame_has_as_many_bits_as_the_header_says(string photometric, int samples, int allocated, long bits) => Assert.That(
        NativeFrames.BitsOf(new DicomDataSet()
            .Add(DicomTags.SamplesPerPixel, samples)
            .Add(DicomTags.PhotometricInterpretation, photometric)
            .Add(DicomTags.Rows, 3)
            .Add(DicomTags.Columns, 5)
            .Add(DicomTags.BitsAllocated, allocated)),
        Is.EqualTo(bits));

    [Test]
    public void A_header_without_rows_does_not_say() => Assert.That(
        NativeFrames.BitsOf(new DicomDataSet().Add(DicomTags.Columns, 5).Add(DicomTags.BitsAllocated, 8)), Is.Null);

    [TestCase(1, 1000, 15, 0)]
    [TestCase(2, 1015, 15, 0)]
    public void What_is_behind_the_last_frame_moves_none(int frame, long offset, long length, int shift) => Assert.That(
        NativeFrames.Find(Pixels(76), 120, frame), Is.EqualTo((new PixelFragment(offset, length), shift)));

    [TestCase(2, 1001, 3, 7)]
    [TestCase(3, 1003, 3, 6)]
    public void Frames_of_single_bits_begin_in_the_midst_of_a_byte(int frame, long offset, long length, int shift) => Assert.That(
        NativeFrames.Find(Pixels(6), 15, frame), Is.EqualTo((new PixelFragment(offset, length), shift)));

    [TestCase(3)]
    [TestCase(int.MaxValue)]
    public void A_frame_of_which_the_end_is_missing_is_none(int frame) =>
        Assert.That(NativeFrames.Find(Pixels(44), 120, frame), Is.Null);

    private static PixelDataLocation Pixels(long length) => new(
        DicomTags.PixelData, DicomVr.OB, 1000, length, (uint)length, false, ReadOnlyMemory<byte>.Empty, [], 0);
}
