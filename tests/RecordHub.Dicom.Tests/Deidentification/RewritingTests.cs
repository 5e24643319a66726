using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>The file around the data set, and pixels that pass by.</summary>
public class RewritingTests
{
    [TestCaseSource(typeof(SampleData), nameof(SampleData.Native))]
    public async Task Pixels_pass_by_unchanged_in_every_encoding(TransferSyntax syntax)
    {
        DicomDataSet image = DeidentificationSample.Image()
            .Add(DicomTags.PixelData, DicomVr.OW, Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 % 251)).ToArray());
        byte[]? output = await Deidentified.FileAsync(DicomFileWriter.ToBytes(image, syntax), Deidentified.With());
        DicomHeader header = DicomFile.ReadHeader(output, null, DicomReadOptions.WholeFile);
        Assert.That(header.TransferSyntax, Is.EqualTo(syntax));
        Assert.That(header.Warnings.Select(warning => warning.Tolerance), Is.SubsetOf(new[] { ReadTolerance.MissingSeriesNumber }));
        Assert.That(
            header.DataSet.GetBytes(DicomTags.PixelData).Span.SequenceEqual(image.GetBytes(DicomTags.PixelData).Span), Is.True);
    }

    [Test]
    public async Task Fragments_pass_by_with_their_items()
    {
        byte[]? output = await Deidentified.FileAsync(SampleData.EncapsulatedFile(), Deidentified.With());
        DicomHeader header = DicomFile.ReadHeader(output, null, DicomReadOptions.WholeFile);
        Assert.That(header.DataSet.TryGet(DicomTags.PixelData, out DicomElement pixels), Is.True);
        Assert.That(
            pixels.Fragments.Select(fragment => Convert.ToHexString(fragment.Span)),
            Is.EqualTo(new[] { "00000000", "FFD8FFD9", "010203040506" }));
        Assert.That(header.TruncatedAt, Is.Null);
    }

    [Test]
    public async Task Preamble_and_file_meta_are_our_own()
    {
        byte[] file = DicomFileWriter.ToBytes(DeidentificationSample.Image());
        "MZ Musterfrau"u8.CopyTo(file);
        byte[]? output = await Deidentified.FileAsync(file, Deidentified.With());
        DicomHeader header = DicomFile.ReadHeader(output);
        Assert.That(output.AsSpan(0, 128).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(
            header.FileMeta?.GetUid(DicomTags.MediaStorageSOPInstanceUID),
            Is.EqualTo(header.DataSet.GetUid(DicomTags.SOPInstanceUID)));
    }

    [Test]
    public async Task What_is_cut_off_is_refused()
    {
        byte[] file = DicomFileWriter.ToBytes(DeidentificationSample.Image()
            .Add(DicomTags.PixelData, DicomVr.OW, new byte[1000]));
        Assert.That(await Deidentified.FileAsync(file[..^10], Deidentified.With()), Is.Null);
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_pixels()
    {
        const long pixels = 3L * 1024 * 1024 * 1024;
        byte[] head = DicomFileWriter.ToBytes(DeidentificationSample.Image());
        byte[] element = [0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, .. BitConverter.GetBytes((uint)pixels)];
        await using LongStream input = new([.. head, .. element], pixels);
        DicomHeader header = await DicomFile.ReadHeaderAsync(input, CancellationToken.None, Deidentifier.ReadOptions);
        DeidentificationOutcome.Done done = (DeidentificationOutcome.Done)Deidentifier.Apply(header, Deidentified.With());
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await using LongStream output = new([], 0);
        await DicomFileRewriter.WriteAsync(header, done.DataSet, input, output, CancellationToken.None);
        Assert.That(output.Length, Is.GreaterThan(pixels));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(32 * 1024 * 1024));
    }
}
