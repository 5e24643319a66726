using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

public class DicomHeaderReaderTests
{
    [Test]
    public void A_file_is_understood_in_every_encoding()
    {
        foreach (TransferSyntax syntax in SampleData.Native)
        {
            DicomHeader header = DicomFile.ReadHeader(DicomFileWriter.ToBytes(SampleData.Image(), syntax));
            Assert.That(header.Warnings.Select(w => w.Tolerance), Is.Empty, syntax.ToString());
            Assert.That(header.TruncatedAt, Is.Null);
            Assert.That(header.TransferSyntax, Is.EqualTo(syntax));
            Assert.That(header.FileMeta?.GetUid(DicomTags.MediaStorageSOPInstanceUID), Is.EqualTo(Uid.Parse("2.25.1")));
            Assert.That(header.DataSet.GetString(DicomTags.PatientName), Is.EqualTo("Müller^Jürgen"));
            Assert.That(header.DataSet.GetInt32(DicomTags.Rows), Is.EqualTo(4));
            Assert.That(header.DataSet.GetInt32(DicomTags.SmallestImagePixelValue), Is.EqualTo(-2));
            Assert.That(header.DataSet.GetString(DicomTags.FrameIncrementPointer), Is.EqualTo("00181063"));
            Assert.That(header.DataSet.GetSequence(DicomTags.ReferencedImageSequence), Has.Count.EqualTo(3));
            Assert.That(header.PixelData?.Length, Is.EqualTo(32));
            Assert.That(header.DataSet.Contains(DicomTags.DataSetTrailingPadding), Is.True, "elements after pixels are read");
        }
    }

    [Test]
    public void Fragments_of_pixels_are_found_and_not_kept()
    {
        byte[] file = SampleData.EncapsulatedFile();
        PixelDataLocation? pixels = DicomFile.ReadHeader(file).PixelData;
        Assert.That(pixels, Is.Not.Null);
        Assert.That(pixels!.FragmentCount, Is.EqualTo(2));
        Assert.That(pixels.BasicOffsetTable.Length, Is.EqualTo(4));
        Assert.That(
            string.Join(' ', pixels.Fragments.Select(f => Convert.ToHexString(file.AsSpan((int)f.Offset, (int)f.Length)))),
            Is.EqualTo("FFD8FFD9 010203040506"));
        Assert.That((pixels.IsEncapsulated, pixels.DeclaredLength), Is.EqualTo((true, uint.MaxValue)));
    }

    [Test]
    public void A_bare_data_set_is_read_in_the_syntax_of_the_network()
    {
        foreach (TransferSyntax syntax in SampleData.Native)
        {
            System.Buffers.ArrayBufferWriter<byte> bytes = new();
            DicomFileWriter.WriteDataSet(bytes, SampleData.Image(), syntax);
            DicomHeader header = SampleData.Push(bytes.WrittenSpan, 7, syntax);
            Assert.That(header.FileMeta, Is.Null);
            Assert.That(header.Warnings, Is.Empty);
            Assert.That(header.DataSet.GetString(DicomTags.PatientID), Is.EqualTo("P1"));
        }
    }

    [Test]
    public void Every_split_of_the_input_gives_the_same_header()
    {
        foreach (byte[] file in SampleData.Native.Select(s => DicomFileWriter.ToBytes(SampleData.Image(), s)).Append(SampleData.EncapsulatedFile()))
        {
            string expected = SampleData.Fingerprint(DicomFile.ReadHeader(file));
            for (int split = 0; split <= file.Length; split++)
            {
                using DicomHeaderReader reader = new();
                reader.Write(file.AsSpan(0, split));
                reader.Write(file.AsSpan(split));
                Assert.That(SampleData.Fingerprint(reader.Complete()), Is.EqualTo(expected), $"split at {split}");
            }

            for (int piece = 1; piece < 40; piece++)
            {
                Assert.That(SampleData.Fingerprint(SampleData.Push(file, piece)), Is.EqualTo(expected), $"pieces of {piece}");
            }
        }
    }

    [Test]
    public void Every_truncation_keeps_what_was_there_and_says_where_it_ends()
    {
        foreach (byte[] file in SampleData.Native.Select(s => DicomFileWriter.ToBytes(SampleData.Image(), s)).Append(SampleData.EncapsulatedFile()))
        {
            int last = 0;
            for (int length = 0; length < file.Length; length++)
            {
                DicomHeader? header = null;
                try
                {
                    header = DicomFile.ReadHeader(file.AsMemory(0, length));
                }
                catch (DicomFormatException)
                {
                    Assert.That(length, Is.LessThan(160), "with file meta information it is DICOM");
                    Assert.That(() => SampleData.Push(file.AsSpan(0, length), 5), Throws.InstanceOf<DicomFormatException>());
                    continue;
                }

                Assert.That(header.TruncatedAt is null || header.TruncatedAt == length, Is.True);
                Assert.That(header.DataSet, Has.Count.GreaterThanOrEqualTo(last), "what was understood stays understood");
                last = header.DataSet.Count;
                Assert.That(
                    SampleData.Fingerprint(SampleData.Push(file.AsSpan(0, length), 5)), Is.EqualTo(SampleData.Fingerprint(header)));
            }
        }
    }

    [Test]
    public async Task A_stream_that_can_seek_gives_the_same_header()
    {
        DicomDataSet image = SampleData.Image().Add(DicomTags.PixelData, DicomVr.OW, new byte[200_000]);
        byte[] file = DicomFileWriter.ToBytes(image);
        using MemoryStream stream = new(file);
        DicomHeader header = await DicomFile.ReadHeaderAsync(stream, CancellationToken.None);
        Assert.That(SampleData.Fingerprint(header), Is.EqualTo(SampleData.Fingerprint(DicomFile.ReadHeader(file))));
        Assert.That(header.InputLength, Is.EqualTo(file.Length));
    }

    [Test]
    public void Long_values_are_places_and_short_ones_are_kept()
    {
        DicomDataSet image = SampleData.Image().Add(DicomTags.ICCProfile, DicomVr.OB, new byte[70_000]);
        byte[] file = DicomFileWriter.ToBytes(image);
        DicomHeader header = SampleData.Push(file, 1000);
        Assert.That(header.DataSet.TryGet(DicomTags.ICCProfile, out DicomElement profile), Is.True);
        Assert.That((profile.IsLoaded, profile.ValueLength), Is.EqualTo((false, 70_000L)));
        Assert.That(file.AsSpan((int)profile.ValueOffset, 70_000).ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    public void Nesting_beyond_the_limit_is_refused_by_name()
    {
        byte[] file = Raw.ExplicitFile([.. Enumerable.Repeat(
            Raw.Join(Raw.Long(0x0040_A730, "SQ", [], Raw.Undefined), Raw.Item([], Raw.Undefined)), 100)]);
        DicomFormatException? failure = Assert.Throws<DicomFormatException>(() => DicomFile.ReadHeader(file));
        Assert.That(failure?.Failure, Is.EqualTo(FormatFailure.NestingTooDeep));
        Assert.That(
            DicomFile.ReadHeader(file, options: new DicomReadOptions { MaxDepth = 100 }).DataSet, Has.Count.EqualTo(2));
    }

    [Test]
    public void Nothing_that_is_only_declared_is_allocated()
    {
        byte[] file = Raw.ExplicitFile(
            Raw.Short(0x0010_0010, "PN", "A^B "),
            Raw.Long(0x0042_0011, "OB", new byte[100_000], 3_000_000_000));
        byte[] unsupported = Raw.ImplicitFile(Raw.Implicit(0x0010_0010, new byte[100_000], 2_000_000_000));
        _ = DicomFile.ReadHeader(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomHeader header = SampleData.Push(file, 8192);
        DicomHeader other = SampleData.Push(unsupported, 8192);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 * 1024));
        Assert.That(header.TruncatedAt, Is.EqualTo(file.Length));
        Assert.That(header.DataSet.GetString(DicomTags.PatientName), Is.EqualTo("A^B"));
        Assert.That(other.TruncatedAt, Is.EqualTo(unsupported.Length));
    }

    [Test]
    public void Memory_does_not_grow_with_the_pixels()
    {
        byte[] start = DicomFileWriter.ToBytes(SampleData.Image().Add(DicomTags.DataSetTrailingPadding, DicomVr.OB, new byte[4]));
        byte[] header = Raw.Join(start[..^60], Raw.Long(0x7FE0_0010, "OW", [], 2_000_000_000));
        byte[] piece = new byte[1 << 20];
        using DicomHeaderReader reader = new();
        reader.Write(header);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            reader.Write(piece);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4096));
        Assert.That(reader.Skippable, Is.GreaterThan(1_000_000_000));
    }

    [Test]
    public void Completing_twice_gives_the_same_answer()
    {
        byte[] file = SampleData.EncapsulatedFile();
        using DicomHeaderReader reader = new();
        reader.Write(file);
        DicomHeader header = reader.Complete();
        reader.Write(file);
        Assert.That(reader.Complete(), Is.SameAs(header));
    }

    [TestCase("")]
    [TestCase("GET / HTTP/1.1\r\nHost: example\r\n\r\n")]
    [TestCase("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>")]
    [TestCase("{\"resourceType\":\"Bundle\"}")]
    [TestCase("%PDF-1.7\n%âãÏÓ\n1 0 obj\n")]
    [TestCase("PK\u0003\u0004\u0014\0\0\0")]
    [TestCase("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void What_is_no_dicom_is_refused(string text)
    {
        byte[] bytes = Raw.Text(text);
        Assert.That(() => DicomFile.ReadHeader(bytes), Throws.InstanceOf<DicomFormatException>());
        Assert.That(() => DicomFile.ReadHeader(Raw.Join(bytes, new byte[1000])), Throws.InstanceOf<DicomFormatException>());
        using DicomHeaderReader reader = new();
        Assert.That(() => { reader.Write(bytes); reader.Write(new byte[1000]); reader.Complete(); }, Throws.InstanceOf<DicomFormatException>());
        Assert.That(reader.Complete, Throws.InstanceOf<DicomFormatException>());
    }
}
