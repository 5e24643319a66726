using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>A rewritten file has all that the input had, also what was not kept when its header was read.</summary>
public class DicomFileRewriterTests
{
    private static readonly TransferSyntax s_jpeg = TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.50"));

    [TestCase(100)]
    [TestCase(200_000)]
    public async Task Fragments_inside_an_item_and_those_of_the_image_are_copied(int length)
    {
        byte[] small = Bytes(100, 1);
        DicomDataSet icon = new DicomDataSet().Add(DicomTags.Rows, 64)
            .AddFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, small, Bytes(length, 2), small)
            .Add(new DicomTag(0x7FE1, 0x0010), DicomVr.LO, "PRIVATE"u8.ToArray());
        DicomDataSet image = SampleData.Image();
        image.Remove(DicomTags.PixelData);
        byte[] file = DicomFileWriter.ToBytes(
            image.Add(DicomTags.IconImageSequence, icon)
                .AddFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, Bytes(length, 3), Bytes(length, 4)),
            s_jpeg);
        DicomHeader header = DicomFile.ReadHeader(file);
        using MemoryStream input = new(file);
        using MemoryStream output = new();

        await DicomFileRewriter.WriteAsync(
            header, header.DataSet.Add(DicomTags.PatientID, "N"), input, output, CancellationToken.None);

        DicomDataSet before = DicomFile.ReadHeader(file, null, DicomReadOptions.WholeFile).DataSet;
        DicomHeader after = DicomFile.ReadHeader(output.ToArray(), null, DicomReadOptions.WholeFile);
        Assert.That(after.Warnings, Is.Empty);
        Assert.That(after.DataSet.GetString(DicomTags.PatientID), Is.EqualTo("N"));
        Assert.That(FragmentsOf(after.DataSet), Is.EqualTo(FragmentsOf(before)));
        Assert.That(
            FragmentsOf(after.DataSet.GetSequence(DicomTags.IconImageSequence)[0]),
            Is.EqualTo(new[] { [], small, Bytes(length, 2), small }));
    }

    private static byte[][] FragmentsOf(DicomDataSet dataSet)
    {
        Assert.That(dataSet.TryGet(DicomTags.PixelData, out DicomElement pixels), Is.True);
        return [.. pixels.Fragments.Select(fragment => fragment.ToArray())];
    }

    private static byte[] Bytes(int length, byte value)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
