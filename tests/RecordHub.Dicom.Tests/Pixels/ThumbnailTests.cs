using System.Buffers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Tests.Pixels;

/// <summary>Small pictures: their size, their shades, and what says that it has none.</summary>
internal sealed class ThumbnailTests
{
    private const int Pixels = 54 + 1024; // header and palette of the bitmap

    [Test]
    public async Task A_ramp_is_shown_from_black_to_white_and_no_larger_than_128()
    {
        Thumbnail.Picture picture = await PictureAsync(Image(256, 512, 16));

        Assert.That(picture.MediaType, Is.EqualTo("image/bmp"));
        Assert.That((BitConverter.ToInt32(picture.Bytes.Span[18..]), BitConverter.ToInt32(picture.Bytes.Span[22..])), Is.EqualTo((128, -64)));
        Assert.That((picture.Bytes.Span[Pixels], picture.Bytes.Span[Pixels + 127]), Is.EqualTo(((byte)0, (byte)255)));
    }

    [Test]
    public async Task A_window_cuts_and_inverse_monochrome_is_turned_round()
    {
        DicomDataSet windowed = Image(64, 64, 16).Add(new DicomTag(0x0028, 0x1050), "32").Add(new DicomTag(0x0028, 0x1051), "1");
        DicomDataSet inverse = Image(64, 64, 8, "MONOCHROME1");

        Thumbnail.Picture cut = await PictureAsync(windowed);
        Thumbnail.Picture turned = await PictureAsync(inverse);

        Assert.That((cut.Bytes.Span[Pixels + 10], cut.Bytes.Span[Pixels + 50]), Is.EqualTo(((byte)0, (byte)255)));
        Assert.That((turned.Bytes.Span[Pixels], turned.Bytes.Span[Pixels + 63]), Is.EqualTo(((byte)255, (byte)0)));
    }

    [Test]
    public async Task What_is_cut_off_or_without_pixels_says_so()
    {
        DicomDataSet without = new DicomDataSet().Add(DicomTags.Rows, 4).Add(DicomTags.Columns, 4);
        byte[] whole = File(Image(64, 64, 16));

        Assert.That(await MakeAsync(File(without)), Is.InstanceOf<Thumbnail.None>());
        Assert.That(await MakeAsync(whole[..^100]), Is.InstanceOf<Thumbnail.None>());
    }

    [Test]
    public async Task No_cut_of_a_file_makes_it_throw_anything_but_the_two_that_are_expected()
    {
        byte[] whole = File(Image(8, 8, 16));
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                await MakeAsync(whole[..length]);
            }
            catch (Exception expected) when (expected is DicomFormatException or EndOfStreamException)
            {
                continue;
            }
        }

        Assert.That(await MakeAsync(whole), Is.InstanceOf<Thumbnail.Picture>());
    }

    // Each column is one brighter than the one before.
    private static DicomDataSet Image(int rows, int columns, int bits, string photometric = "MONOCHROME2")
    {
        byte[] pixels = [.. Enumerable.Range(0, rows * columns).SelectMany(i =>
            bits == 8 ? [(byte)(i % columns)] : BitConverter.GetBytes((ushort)(i % columns)))];
        return new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
            .Add(DicomTags.SOPInstanceUID, "1.2.826.0.1.3680043.8.498.7")
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, photometric)
            .Add(DicomTags.Rows, rows)
            .Add(DicomTags.Columns, columns)
            .Add(DicomTags.BitsAllocated, bits)
            .Add(DicomTags.BitsStored, bits)
            .Add(DicomTags.HighBit, bits - 1)
            .Add(DicomTags.PixelRepresentation, 0)
            .Add(DicomTags.PixelData, bits == 8 ? DicomVr.OB : DicomVr.OW, pixels);
    }

    private static byte[] File(DicomDataSet image)
    {
        ArrayBufferWriter<byte> output = new();
        FileMetaWriter.Write(
            output, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"), Uid.Parse("1.2.826.0.1.3680043.8.498.7"),
            TransferSyntax.ExplicitLittleEndian.Uid, null);
        DicomFileWriter.WriteDataSet(output, image, TransferSyntax.ExplicitLittleEndian);
        return output.WrittenSpan.ToArray();
    }

    private static async Task<Thumbnail> MakeAsync(byte[] file)
    {
        using MemoryStream stream = new(file);
        return await Thumbnails.MakeAsync(stream, await DicomFile.ReadHeaderAsync(stream, CancellationToken.None), CancellationToken.None);
    }

    private static async Task<Thumbnail.Picture> PictureAsync(DicomDataSet image) =>
        (Thumbnail.Picture)await MakeAsync(File(image));
}
