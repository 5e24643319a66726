using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;
using RecordHub.Dicom.Tests.Deidentification;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Pixels;

/// <summary>Inside the regions pixels are black, outside nothing is changed: in any layout and encoding.</summary>
public class PixelBlankingTests
{
    private const int Images = 200;

    [TestCaseSource(typeof(SampleData), nameof(SampleData.Native))]
    public async Task Regions_become_black_and_nothing_else(TransferSyntax syntax)
    {
        HashSet<string> kinds = [];
        for (int seed = 0; seed < Images; seed++)
        {
            RandomPixels pixels = new(seed);
            PixelRegion[] regions = pixels.Regions();
            DicomHeader result = await CleanAsync(pixels, syntax, seed, new PixelCleaning { Regions = regions });

            Assert.That(
                Value(result), Is.EqualTo(pixels.Blanked((x, y) => regions.Any(region => IsIn(region, x, y)))), $"{seed}: {pixels}");
            Assert.That(result.TransferSyntax, Is.EqualTo(syntax));
            kinds.Add(pixels.Photometric);
        }

        Assert.That(kinds, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task What_is_outside_of_all_declared_regions_becomes_black()
    {
        for (int seed = 0; seed < Images; seed++)
        {
            RandomPixels pixels = new(seed);
            PixelRegion[] declared = pixels.Regions();
            bool IsOutside(int x, int y) => !declared.Any(region => IsIn(region, x, y));
            if (!Enumerable.Range(0, pixels.Rows).Any(y => Enumerable.Range(0, pixels.Columns).Any(x => IsOutside(x, y))))
            {
                continue;
            }

            DicomHeader result = await CleanAsync(
                pixels, TransferSyntax.ExplicitLittleEndian, seed, new PixelCleaning { OutsideDeclaredRegions = true }, declared);
            Assert.That(Value(result), Is.EqualTo(pixels.Blanked(IsOutside)), $"{seed}: {pixels}");
        }
    }

    [Test]
    public async Task RLE_is_decoded_and_written_natively()
    {
        for (int seed = 0; seed < Images; seed++)
        {
            RandomPixels pixels = new(seed, native: false);
            PixelRegion[] regions = pixels.Regions();
            DicomDataSet image = pixels.ToImage();
            image.AddFragments(DicomTags.PixelData, [Memory<byte>.Empty, .. RleSample.Frames(pixels, image)]);
            byte[] file = DicomFileWriter.ToBytes(image, TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.5")));

            DicomHeader result = await ReadBackAsync(file, seed, new PixelCleaning { Regions = regions });
            Assert.That(
                Value(result), Is.EqualTo(pixels.Blanked((x, y) => regions.Any(region => IsIn(region, x, y)))), $"{seed}: {pixels}");
            Assert.That(result.TransferSyntax, Is.EqualTo(TransferSyntax.ExplicitLittleEndian));
        }
    }

    [Test]
    public void RLE_that_is_damaged_is_never_half_a_picture()
    {
        DicomDataSet image = new RandomPixels(1, native: false).ToImage();
        int frames = image.GetInt32(DicomTags.NumberOfFrames) ?? 1;
        image.AddFragments(DicomTags.PixelData, [Memory<byte>.Empty, .. Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[70], frames)]);
        byte[] file = DicomFileWriter.ToBytes(image, TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.5")));
        Assert.ThrowsAsync<InvalidDataException>(
            () => ReadBackAsync(file, 1, new PixelCleaning { Regions = [new PixelRegion(0, 0, 1, 1)] }));
    }

    [Test]
    public async Task The_darkest_colour_of_a_palette_is_black()
    {
        DicomDataSet image = DeidentificationSample.Image()
            .Add(DicomTags.SamplesPerPixel, 1).Add(DicomTags.PhotometricInterpretation, "PALETTE COLOR")
            .Add(DicomTags.Rows, 1).Add(DicomTags.Columns, 4).Add(DicomTags.BitsAllocated, 8)
            .Add(DicomTags.RedPaletteColorLookupTableDescriptor, DicomVr.US, Words(3, 7, 16))
            .Add(DicomTags.RedPaletteColorLookupTableData, DicomVr.OW, Words(0xFFFF, 0x1000, 0))
            .Add(DicomTags.GreenPaletteColorLookupTableData, DicomVr.OW, Words(0xFFFF, 0x1000, 0x8000))
            .Add(DicomTags.BluePaletteColorLookupTableData, DicomVr.OW, Words(0, 0x1000, 0))
            .Add(DicomTags.PixelData, DicomVr.OB, new byte[] { 7, 9, 9, 7 });
        DicomHeader result = await ReadBackAsync(
            DicomFileWriter.ToBytes(image), 1, new PixelCleaning { Regions = [new PixelRegion(1, 0, 2, 1)] });
        Assert.That(Value(result), Is.EqualTo(new byte[] { 7, 8, 8, 7 }));
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_frames()
    {
        const int frames = 1500;
        const long pixels = 1000L * 1000 * frames;
        byte[] head = DicomFileWriter.ToBytes(DeidentificationSample.Image()
            .Add(DicomTags.SamplesPerPixel, 1).Add(DicomTags.PhotometricInterpretation, "MONOCHROME1")
            .Add(DicomTags.NumberOfFrames, frames).Add(DicomTags.Rows, 1000).Add(DicomTags.Columns, 1000)
            .Add(DicomTags.BitsAllocated, 8));
        byte[] element = [0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, .. BitConverter.GetBytes((uint)pixels)];
        await using LongStream input = new([.. head, .. element], pixels);
        DicomHeader header = await DicomFile.ReadHeaderAsync(input, CancellationToken.None, Deidentifier.ReadOptions);
        DeidentificationOutcome.Done done = (DeidentificationOutcome.Done)Deidentifier.Apply(
            header, Options(new PixelCleaning { Regions = [new PixelRegion(10, 0, 700, 40)] }));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await using LongStream output = new([], 0);
        await DicomFileRewriter.WriteAsync(header, done.DataSet, input, output, CancellationToken.None, done.Pixels);
        Assert.That(done.Counts.PixelsBlanked, Is.EqualTo(700L * 40 * frames));
        Assert.That(output.Length, Is.GreaterThan(pixels));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(8 * 1024 * 1024));
    }

    private static Task<DicomHeader> CleanAsync(
        RandomPixels pixels, TransferSyntax syntax, int seed, PixelCleaning cleaning, params PixelRegion[] declared)
    {
        DicomDataSet image = pixels.ToImage();
        if (declared.Length > 0)
        {
            image.Add(new DicomTag(0x0018, 0x6011), [.. declared.Select(UltrasoundSample.Region)]);
        }

        return ReadBackAsync(DicomFileWriter.ToBytes(image, syntax), seed, cleaning);
    }

    private static async Task<DicomHeader> ReadBackAsync(byte[] file, int seed, PixelCleaning cleaning)
    {
        await using TrickleStream input = new(file, seed);
        byte[]? output = await Deidentified.FileAsync(input, Options(cleaning));
        return DicomFile.ReadHeader(output, null, DicomReadOptions.WholeFile);
    }

    private static DeidentificationOptions Options(PixelCleaning cleaning) =>
        Deidentified.With(ConfidentialityOption.CleanPixelData) with { Pixels = cleaning };

    private static byte[] Words(params ushort[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private static byte[] Value(DicomHeader header) => header.DataSet.GetBytes(DicomTags.PixelData).ToArray();

    private static bool IsIn(PixelRegion region, int x, int y) =>
        x >= region.X && x < region.X + region.Width && y >= region.Y && y < region.Y + region.Height;
}
