using System.Buffers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Tests.Files;
using RecordHub.Dicom.Xml;
using static RecordHub.Dicom.Tests.Files.Raw;

namespace RecordHub.Dicom.Tests.Fuzz;

/// <summary>What damaged inputs brought to light, each in its smallest form.</summary>
public class FindsTests
{
    private static readonly byte[] s_name = Short(0x0010_0010, "PN", "A^B ");

    [Test]
    public void A_deflated_data_set_that_wants_a_dictionary_is_damaged()
    {
        DicomHeader header = DicomFile.ReadHeader(Join(Meta("1.2.840.10008.1.2.1.99"), [0x78, 0x20, 1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.That(header.Warnings.Select(warning => warning.Tolerance), Does.Contain(ReadTolerance.DamagedDeflate));
        Assert.That(header.TruncatedAt, Is.Not.Null);
    }

    [Test]
    public void Behind_a_stray_item_it_is_too_late_to_be_big_endian()
    {
        byte[] file = Join(
            new byte[128], Text("DICM"), Short(0x0002_0012, "UI", "1.2\0"), Item([1, 2, 3, 4]),
            [0, 0x10, 0, 0x10, 0, 0, 0, 4], Text("A^B "), Text("more than twelve"));
        Assert.That(
            SampleData.Fingerprint(SampleData.Push(file, 1)), Is.EqualTo(SampleData.Fingerprint(DicomFile.ReadHeader(file))));
    }

    [Test]
    public void An_open_sequence_that_runs_beyond_the_item_around_it_ends_there()
    {
        byte[] inner = Long(0x0008_1140, "SQ", Item(Long(0x0008_0119, "UC", new byte[40]), Undefined), Undefined);
        DicomHeader header = DicomFile.ReadHeader(ExplicitFile(
            Long(0x0008_1115, "SQ", Item(inner, 32), 40), Text("\u0001\u0001 this is no element"), s_name));
        Assert.That(header.DataSet.Contains(DicomTags.SOPClassUID), Is.True);
    }

    [Test]
    public void What_is_called_a_sequence_and_is_none_has_the_representation_of_the_dictionary()
    {
        byte[] file = ExplicitFile(Long(0x0008_0018, "SQ", Text("1.2.3.4\0")), s_name);
        DicomDataSet read = DicomFile.ReadHeader(file).DataSet;
        byte[] once = Written(read);
        Assert.That(read.GetString(DicomTags.SOPInstanceUID), Is.EqualTo("1.2.3.4"));
        Assert.That(Written(DicomFile.ReadHeader(once, TransferSyntax.ExplicitLittleEndian).DataSet), Is.EqualTo(once));
    }

    [TestCase("{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]},\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"山\"}]}}")]
    [TestCase("{\"00080005\":{\"vr\":\"LO\",\"Value\":[\"x\"]},\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"山\"}]}}")]
    [TestCase("{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"é\"]},\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"山\"}]}}")]
    public void Json_is_unicode_whatever_it_declares(string json)
    {
        DicomDataSet read = DicomJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(json))[0];
        DicomDataSet again = DicomJsonReader.Read(DicomJsonWriter.ToUtf8Bytes(read))[0];
        Assert.That(again.GetString(DicomTags.PatientName), Is.EqualTo("山"));
        Assert.That(Written(read), Is.Not.Empty);
    }

    [Test]
    public void Text_of_escape_sequences_alone_is_no_value()
    {
        DicomDataSet read = DicomFile.ReadHeader(ExplicitFile(Short(0x0008_0070, "LO", "\e$)C"), s_name)).DataSet;
        Assert.That(
            System.Text.Encoding.UTF8.GetString(DicomJsonWriter.ToUtf8Bytes(read)), Does.Contain("\"00080070\":{\"vr\":\"LO\"}"));
    }

    [TestCase("OW")]
    [TestCase("SQ")]
    public void A_character_set_in_another_representation_is_one_in_json(string vr)
    {
        DicomDataSet read = DicomFile.ReadHeader(ExplicitFile(Long(0x0008_0005, vr, Text("ISO_IR 100")), s_name)).DataSet;
        DicomDataSet again = DicomJsonReader.Read(DicomJsonWriter.ToUtf8Bytes(read))[0];
        Assert.That(again.GetString(DicomTags.SpecificCharacterSet), Is.EqualTo("ISO_IR 192"));
    }

    [Test]
    public void Xml_that_is_no_text_from_the_first_byte_is_refused() =>
        Assert.That(() => DicomXmlReader.Read(new byte[] { 0xC3, 0x28 }), Throws.InstanceOf<DicomFormatException>());

    private static byte[] Written(DicomDataSet dataSet)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, TransferSyntax.ExplicitLittleEndian);
        return output.WrittenSpan.ToArray();
    }
}
