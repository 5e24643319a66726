using System.Buffers;
using CsCheck;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

public class DicomFileWriterTests
{
    private static readonly Gen<string> s_text = Gen.String[Gen.Char["AZaz09^=-_ÄéМ山ﾔ"], 0, 12];

    private static readonly Gen<Action<DicomDataSet>> s_element = Gen.OneOf(
        s_text.Select(text => (Action<DicomDataSet>)(d => d.Add(DicomTags.PatientName, text))),
        s_text.Select(text => (Action<DicomDataSet>)(d => d.Add(DicomTags.PatientComments, text + "\r\n" + text))),
        s_text.Array[0, 3].Select(texts => (Action<DicomDataSet>)(d => d.Add(DicomTags.OtherPatientNames, texts))),
        Gen.UShort.Array[0, 4].Select(n => (Action<DicomDataSet>)(d => d.Add(DicomTags.Rows, [.. n.Select(v => (int)v)]))),
        Gen.Double[-1e9, 1e9].Array[0, 3].Select(n => (Action<DicomDataSet>)(d => d.Add(DicomTags.WindowCenter, n))),
        Gen.Int.Array[0, 3].Select(n => (Action<DicomDataSet>)(d => d.Add(DicomTags.SeriesNumber, n))),
        Gen.Byte.Array[0, 9].Select(b => (Action<DicomDataSet>)(d => d.Add(DicomTags.ICCProfile, DicomVr.OB, b))),
        Gen.Byte.Array[0, 9].Select(b => (Action<DicomDataSet>)(d => d.Add(new DicomTag(0x0029, 0x1001), DicomVr.UN, b))),
        Gen.Byte.Array[2, 8].Select(b => (Action<DicomDataSet>)(d => d.Add(DicomTags.PixelData, DicomVr.OW, b.Length % 2 == 0 ? b : b[1..]))));

    private static readonly Gen<DicomDataSet> s_dataSet = Gen.Recursive<DicomDataSet>((depth, inner) =>
        Gen.Select(s_element.Array[0, 6], depth > 3 ? Gen.Const<DicomDataSet[]>([]) : inner.Array[0, 3], (elements, items) =>
        {
            DicomDataSet dataSet = new();
            foreach (Action<DicomDataSet> add in elements)
            {
                add(dataSet);
            }

            return depth > 3 ? dataSet : dataSet.Add(DicomTags.ReferencedImageSequence, items);
        }));

    [Test]
    public void What_is_written_and_read_is_written_the_same_again()
    {
        s_dataSet.Sample(
            dataSet =>
            {
                foreach (TransferSyntax syntax in SampleData.Native)
                {
                    dataSet.Add(DicomTags.SOPClassUID, Uid.Parse("1.2"));
                    byte[] first = DicomFileWriter.ToBytes(dataSet, syntax);
                    DicomHeader header = DicomFile.ReadHeader(first, options: DicomReadOptions.WholeFile);
                    Assert.That(header.TruncatedAt, Is.Null);
                    Assert.That(header.DataSet.GetString(DicomTags.PatientName), Is.EqualTo(dataSet.GetString(DicomTags.PatientName)));
                    ArrayBufferWriter<byte> second = new();
                    DicomFileWriter.WriteDataSet(second, header.DataSet, syntax);
                    Assert.That(second.WrittenSpan.SequenceEqual(first.AsSpan((int)header.DataSetOffset)), Is.True);
                }
            },
            iter: 500);
    }

    [Test]
    public void Fragments_are_written_as_they_were()
    {
        byte[] file = SampleData.EncapsulatedFile();
        DicomHeader header = DicomFile.ReadHeader(file, options: DicomReadOptions.WholeFile);
        ArrayBufferWriter<byte> again = new();
        DicomFileWriter.WriteDataSet(again, header.DataSet, header.TransferSyntax);
        Assert.That(again.WrittenSpan.SequenceEqual(file.AsSpan((int)header.DataSetOffset)), Is.True);
    }

    [Test]
    public void Text_that_needs_a_character_set_and_has_none_gets_one()
    {
        DicomDataSet dataSet = new DicomDataSet().Add(DicomTags.SOPClassUID, Uid.Parse("1.2")).Add(DicomTags.PatientName, "山田");
        DicomDataSet read = DicomFile.ReadHeader(DicomFileWriter.ToBytes(dataSet)).DataSet;
        Assert.That(read.GetString(DicomTags.SpecificCharacterSet), Is.EqualTo("ISO_IR 192"));
        Assert.That(read.GetString(DicomTags.PatientName), Is.EqualTo("山田"));
        Assert.That(dataSet.Contains(DicomTags.SpecificCharacterSet), Is.False);
    }

    [Test]
    public void Text_that_a_declared_character_set_lacks_is_not_written_wrong()
    {
        DicomDataSet dataSet = SampleData.Image().Add(DicomTags.PatientName, "山田");
        Assert.That(() => DicomFileWriter.ToBytes(dataSet), Throws.ArgumentException);
    }

    [Test]
    public void A_value_that_was_not_kept_is_not_written_empty()
    {
        DicomDataSet read = DicomFile.ReadHeader(DicomFileWriter.ToBytes(SampleData.Image())).DataSet;
        Assert.That(() => DicomFileWriter.ToBytes(read), Throws.InvalidOperationException);
    }

    [Test]
    public void A_value_too_long_for_its_representation_is_written_as_unknown()
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2"))
            .AddText(DicomTags.PatientComments, DicomVr.LT, new string('A', 70_000));
        DicomHeader header = DicomFile.ReadHeader(DicomFileWriter.ToBytes(dataSet), options: DicomReadOptions.WholeFile);
        Assert.That(header.DataSet.GetString(DicomTags.PatientComments), Has.Length.EqualTo(70_000));
        Assert.That(header.TruncatedAt, Is.Null);
    }

    [Test]
    public void File_meta_information_says_what_it_must()
    {
        ArrayBufferWriter<byte> bytes = new();
        FileMetaWriter.Write(
            bytes, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"), Uid.Parse("2.25.7"), TransferSyntax.ImplicitLittleEndian.Uid, "SENDER");
        byte[] dataSet = Raw.Implicit(0x0008_0018, "2.25.7");
        DicomHeader header = DicomFile.ReadHeader(Raw.Join(bytes.WrittenSpan.ToArray(), dataSet));
        Assert.That(bytes.WrittenSpan[..128].ContainsAnyExcept((byte)0), Is.False, "a preamble can carry a program");
        Assert.That(header.FileMeta?.GetString(DicomTags.SourceApplicationEntityTitle), Is.EqualTo("SENDER"));
        Assert.That(header.FileMeta?.GetUid(DicomTags.ImplementationClassUID), Is.EqualTo(Implementation.ClassUid));
        Assert.That(header.TransferSyntax, Is.EqualTo(TransferSyntax.ImplicitLittleEndian));
        Assert.That(header.DataSetOffset, Is.EqualTo(bytes.WrittenCount));
        Assert.That(header.Warnings.Select(w => w.Tolerance), Is.All.EqualTo(ReadTolerance.EmptyPatientId));
    }
}
