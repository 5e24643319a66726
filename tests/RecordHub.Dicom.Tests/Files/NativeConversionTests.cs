using System.Buffers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Implicit to explicit little endian and back, while the bytes go by.</summary>
public sealed class NativeConversionTests
{
    private static DicomDataSet Sample { get; } = new DicomDataSet()
        .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
        .Add(DicomTags.ReferencedStudySequence, new DicomDataSet()
            .Add(DicomTags.ReferencedSOPInstanceUID, "2.25.9")
            .Add(DicomTags.PurposeOfReferenceCodeSequence, new DicomDataSet().Add(DicomTags.CodeValue, "1")))
        .Add(DicomTags.ReferencedSeriesSequence, Array.Empty<DicomDataSet>())
        .Add(DicomTags.PatientName, "A^B")
        .Add(DicomTags.Rows, 8)
        .Add(DicomTags.PixelRepresentation, 1)
        .Add(DicomTags.SmallestImagePixelValue, DicomVr.SS, new byte[] { 0xFB, 0xFF })
        .Add(DicomTags.RedPaletteColorLookupTableData, DicomVr.OW, new byte[70_000])
        .Add(DicomTags.PixelData, DicomVr.OW, Enumerable.Range(0, 200_000).Select(i => (byte)(i % 251)).ToArray());

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_data_set_there_and_back_is_what_it_was(bool startImplicit)
    {
        TransferSyntax from = startImplicit ? TransferSyntax.ImplicitLittleEndian : TransferSyntax.ExplicitLittleEndian;
        TransferSyntax to = startImplicit ? TransferSyntax.ExplicitLittleEndian : TransferSyntax.ImplicitLittleEndian;
        byte[] there = await ConvertAsync(Written(Sample, from), startImplicit, 4096);

        Assert.That(there, Is.EqualTo(Written(Sample, to)), "as if it had been written so");
        Assert.That(await ConvertAsync(there, !startImplicit, 4096), Is.EqualTo(Written(Sample, from)));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(13)]
    public async Task The_pieces_in_which_it_comes_make_no_difference(int piece)
    {
        byte[] input = Written(Sample, TransferSyntax.ImplicitLittleEndian);

        Assert.That(await ConvertAsync(input, true, piece), Is.EqualTo(Written(Sample, TransferSyntax.ExplicitLittleEndian)));
    }

    [Test]
    public async Task Defined_lengths_of_sequences_become_undefined_and_group_lengths_go()
    {
        byte[] input =
        [
            0x08, 0x00, 0x00, 0x00, 4, 0, 0, 0, 99, 0, 0, 0,
            0x08, 0x00, 0x10, 0x11, 26, 0, 0, 0,
            0xFE, 0xFF, 0x00, 0xE0, 18, 0, 0, 0,
            0x08, 0x00, 0x55, 0x11, 10, 0, 0, 0, .. "1.2.3.4.5 "u8,
        ];
        byte[] output = await ConvertAsync(input, true, 5);
        DicomHeader header = DicomFile.ReadHeader(output, TransferSyntax.ExplicitLittleEndian);

        Assert.That(header.DataSet.GetSequence(DicomTags.ReferencedStudySequence).Single().GetString(DicomTags.ReferencedSOPInstanceUID),
            Is.EqualTo("1.2.3.4.5"));
        Assert.That(header.DataSet.Count, Is.EqualTo(1));
        Assert.That(header.Warnings, Is.Empty);
    }

    [Test]
    public void Every_truncation_is_told_and_never_passed_as_whole()
    {
        byte[] input = Written(
            new DicomDataSet().Add(DicomTags.PatientName, "A^B").Add(DicomTags.ReferencedStudySequence,
                new DicomDataSet().Add(DicomTags.ReferencedSOPInstanceUID, "2.25.9")), TransferSyntax.ExplicitLittleEndian);
        int nameStarts = input.Length - 12;
        for (int length = 1; length < input.Length; length++)
        {
            byte[] cut = input[..length];
            if (length != nameStarts)
            {
                Assert.That(async () => await ConvertAsync(cut, false, 64), Throws.TypeOf<DicomFormatException>(), $"{length}");
            }
        }
    }

    [Test]
    public async Task Random_bytes_end_in_output_or_in_the_one_exception()
    {
        Random random = new(4);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] input = new byte[random.Next(1, 200)];
            random.NextBytes(input);
            bool toExplicit = i % 2 == 0;
            try
            {
                await ConvertAsync(input, toExplicit, 50);
            }
            catch (DicomFormatException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(1900));
    }

    [Test]
    public void Endless_nesting_is_refused()
    {
        byte[] level = [0x08, 0x00, 0x10, 0x11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] input = [.. Enumerable.Range(0, 1000).SelectMany(_ => level)];

        Assert.That(async () => await ConvertAsync(input, true, 4096),
            Throws.TypeOf<DicomFormatException>().With.Property("Failure").EqualTo(FormatFailure.NestingTooDeep));
    }

    private static byte[] Written(DicomDataSet dataSet, TransferSyntax syntax)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, syntax);
        return output.WrittenSpan.ToArray();
    }

    private static Task<byte[]> ConvertAsync(byte[] input, bool toExplicit, int piece) => ConvertAsync(
        input, toExplicit ? TransferSyntax.ImplicitLittleEndian : TransferSyntax.ExplicitLittleEndian, toExplicit, piece);

    private static async Task<byte[]> ConvertAsync(byte[] input, TransferSyntax from, bool toExplicit, int piece)
    {
        await using NativeConversionStream stream =
            await NativeConversionStream.OpenAsync(new Pieces(input, piece), from, toExplicit, CancellationToken.None);
        using MemoryStream output = new();
        await stream.CopyToAsync(output);
        return output.ToArray();
    }

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
