using System.Buffers;
using System.IO.Compression;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Whatever uncompressed encoding a data set is stored in, it goes out in either little endian one.</summary>
public sealed class NativeSourceTests
{
    private static readonly TransferSyntax[] s_targets =
        [TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian];

    private static DicomDataSet Sample { get; } = SampleData.Image()
        .Add(DicomTags.ReferencedSeriesSequence, Array.Empty<DicomDataSet>())
        .Add(DicomTags.LUTData, DicomVr.OW, Bytes(70_002))
        .Add(new DicomTag(0x0040, 0x9224), DicomVr.FD, Bytes(8))
        .Add(new DicomTag(0x0018, 0x6020), DicomVr.SL, Bytes(4))
        .Add(new DicomTag(0x7FE0, 0x0001), DicomVr.OV, Bytes(16))
        .Add(new DicomTag(0x0066, 0x0129), DicomVr.OL, Bytes(12))
        .Add(new DicomTag(0x0066, 0x0016), DicomVr.OF, Bytes(12))
        .Add(DicomTags.PixelData, DicomVr.OW, Bytes(200_002));

    public static IEnumerable<TestCaseData> Ways() =>
        from source in SampleData.Native
        from target in s_targets
        select new TestCaseData(source, target).SetArgDisplayNames(NameOf(source), NameOf(target));

    [TestCaseSource(nameof(Ways))]
    public async Task A_data_set_becomes_what_it_would_have_been_written_as(TransferSyntax source, TransferSyntax target)
    {
        byte[] stored = Written(Sample, source);
        foreach (int piece in (int[])[1, 7, 13, 4096, 65_536])
        {
            Assert.That(await ConvertAsync(stored, source, target, piece), Is.EqualTo(Written(Sample, target)), $"{piece}");
        }
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Zeros_after_the_last_element_are_left_out(TransferSyntax source, TransferSyntax target)
    {
        foreach (int zeros in (int[])[1, 7, 8, 9, 16, 20])
        {
            byte[] stored = source.IsDeflated
                ? Deflated([.. Written(Sample, TransferSyntax.ExplicitLittleEndian), .. new byte[zeros]])
                : [.. Written(Sample, source), .. new byte[zeros]];

            Assert.That(await ConvertAsync(stored, source, target, 4096), Is.EqualTo(Written(Sample, target)), $"{zeros}");
        }
    }

    [Test]
    public async Task What_is_inside_an_unknown_sequence_is_implicit_and_little_endian_in_big_endian_too()
    {
        byte[] inside =
        [
            0xFE, 0xFF, 0x00, 0xE0, 10, 0, 0, 0, 0x28, 0x00, 0x10, 0x00, 2, 0, 0, 0, 0x34, 0x12,
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
        byte[] stored =
        [
            0x00, 0x09, 0x00, 0x10, .. "LO"u8, 0x00, 0x04, .. "MINE"u8,
            0x00, 0x09, 0x10, 0x01, .. "UN"u8, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, .. inside,
            0x00, 0x28, 0x00, 0x11, .. "US"u8, 0x00, 0x02, 0x43, 0x21,
        ];
        foreach (TransferSyntax target in s_targets)
        {
            DicomDataSet read = DicomFile.ReadHeader(
                await ConvertAsync(stored, TransferSyntax.ExplicitBigEndian, target, 5), target).DataSet;

            Assert.That(read.GetSequence(new DicomTag(0x0009, 0x1001)).Single().GetInt32(DicomTags.Rows), Is.EqualTo(0x1234));
            Assert.That(read.GetInt32(DicomTags.Columns), Is.EqualTo(0x4321));
        }
    }

    [Test]
    public async Task An_unknown_value_stays_as_it_is()
    {
        byte[] stored =
            [0x00, 0x09, 0x00, 0x10, .. "LO"u8, 0, 4, .. "MINE"u8, 0x00, 0x09, 0x10, 0x02, .. "UN"u8, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4];
        byte[] output = await ConvertAsync(stored, TransferSyntax.ExplicitBigEndian, TransferSyntax.ImplicitLittleEndian, 3);

        Assert.That(output[^4..], Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task What_is_not_in_the_encoding_that_it_says_is_read_as_it_is()
    {
        byte[] expected = Written(Sample, TransferSyntax.ImplicitLittleEndian);
        using MemoryStream zlib = new();
        await using (ZLibStream deflate = new(zlib, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(Written(Sample, TransferSyntax.ExplicitLittleEndian));
        }

        Assert.That(await To(Written(Sample, TransferSyntax.ImplicitLittleEndian), TransferSyntax.ExplicitLittleEndian), Is.EqualTo(expected));
        Assert.That(await To(Written(Sample, TransferSyntax.ExplicitLittleEndian), TransferSyntax.ExplicitBigEndian), Is.EqualTo(expected));
        Assert.That(await To(Written(Sample, TransferSyntax.ExplicitLittleEndian), TransferSyntax.DeflatedExplicitLittleEndian), Is.EqualTo(expected));
        Assert.That(await To(zlib.ToArray(), TransferSyntax.DeflatedExplicitLittleEndian), Is.EqualTo(expected));

        static Task<byte[]> To(byte[] stored, TransferSyntax said) =>
            ConvertAsync(stored, said, TransferSyntax.ImplicitLittleEndian, 4096);
    }

    [Test]
    public void Damage_and_truncation_are_told()
    {
        byte[] deflated = Written(Sample, TransferSyntax.DeflatedExplicitLittleEndian);
        byte[] big = Written(Sample, TransferSyntax.ExplicitBigEndian);
        byte[] damaged = [.. deflated];
        damaged.AsSpan(deflated.Length / 2, 40).Fill(0xFF);

        Assert.That(() => To(deflated[..^30], TransferSyntax.DeflatedExplicitLittleEndian), Throws.TypeOf<DicomFormatException>());
        Assert.That(() => To(big[..^3], TransferSyntax.ExplicitBigEndian), Throws.TypeOf<DicomFormatException>());
        Assert.That(
            () => To(damaged, TransferSyntax.DeflatedExplicitLittleEndian),
            Throws.TypeOf<DicomFormatException>().Or.TypeOf<InvalidDataException>());

        static Task<byte[]> To(byte[] stored, TransferSyntax said) =>
            ConvertAsync(stored, said, TransferSyntax.ExplicitLittleEndian, 4096);
    }

    private static string NameOf(TransferSyntax syntax) => UidDictionary.NameOf(syntax.Uid);

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % 251))];

    private static byte[] Deflated(byte[] bytes)
    {
        using MemoryStream output = new();
        using (DeflateStream deflate = new(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] Written(DicomDataSet dataSet, TransferSyntax syntax)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, syntax);
        return output.WrittenSpan.ToArray();
    }

    private static async Task<byte[]> ConvertAsync(byte[] stored, TransferSyntax from, TransferSyntax to, int piece)
    {
        await using NativeConversionStream stream = await NativeConversionStream.OpenAsync(
            new Pieces(stored, piece), from, to.IsExplicitVr, CancellationToken.None);
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
