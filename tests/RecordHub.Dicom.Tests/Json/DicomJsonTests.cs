using System.Buffers;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Json;

public class DicomJsonTests
{
    [Test]
    public void Each_representation_has_its_form()
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.ImageType, "ORIGINAL", "", "AXIAL ")
            .Add(DicomTags.PatientName, "Yamada^Tarou=山田^太郎", "B")
            .Add(DicomTags.PatientID, "")
            .Add(DicomTags.PatientComments, "a\\b\nc")
            .Add(DicomTags.SeriesNumber, 3)
            .Add(DicomTags.FrameIncrementPointer, 0x0018_1063)
            .Add(DicomTags.Rows, 512)
            .Add(DicomTags.ICCProfile, DicomVr.OB, new byte[] { 1, 2, 3 })
            .Add(DicomTags.ReferencedImageSequence, new DicomDataSet(), new DicomDataSet().Add(DicomTags.CodeValue, "C"))
            .Add(DicomTags.ContentSequence, ReadOnlySpan<DicomDataSet>.Empty);
        string[] expected =
        [
            """{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00080008":{"vr":"CS","Value":["ORIGINAL",null,"AXIAL"]},""",
            "\"" + """00081140":{"vr":"SQ","Value":[{},{"00080100":{"vr":"SH","Value":["C"]}}]},""",
            "\"" + """00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田^太郎"},{"Alphabetic":"B"}]},""",
            "\"" + """00100020":{"vr":"LO"},"00104000":{"vr":"LT","Value":["a\\b\nc"]},"00200011":{"vr":"IS","Value":[3]},""",
            "\"" + """00280009":{"vr":"AT","Value":["00181063"]},"00280010":{"vr":"US","Value":[512]},""",
            "\"" + """00282000":{"vr":"OB","InlineBinary":"AQID"},"0040A730":{"vr":"SQ"}}""",
        ];
        Assert.That(Json(dataSet), Is.EqualTo(string.Concat(expected)));
    }

    [TestCase("1.50", "1.50")]
    [TestCase("+1.5", "1.5")]
    [TestCase(".5", "0.5")]
    [TestCase("007", "7")]
    [TestCase("-1e5", "-1e5")]
    [TestCase("0.12345678901234567", "\"0.12345678901234567\"")]
    [TestCase("12 mm", "\"12 mm\"")]
    [TestCase("NaN", "\"NaN\"")]
    public void A_decimal_string_is_a_number_only_if_that_says_the_same(string written, string json)
    {
        DicomDataSet dataSet = new DicomDataSet().AddText(DicomTags.WindowCenter, DicomVr.DS, written);
        Assert.That(Json(dataSet), Is.EqualTo($$$"""{"00281050":{"vr":"DS","Value":[{{{json}}}]}}"""));
        using JsonDocument parsed = JsonDocument.Parse(Json(dataSet));
    }

    [Test]
    public void Text_is_utf8_whatever_it_was_and_says_so()
    {
        DicomDataSet read = DicomFile.ReadHeader(DicomFileWriter.ToBytes(SampleData.Image())).DataSet;
        Assert.That(Json(read), Does.Contain("\"ISO_IR 192\"").And.Contain("Müller^Jürgen").And.Contain("Übersicht"));
    }

    [Test]
    public void Bulk_data_is_linked_by_its_path()
    {
        DicomDataSet dataSet = SampleData.Image().Add(
            DicomTags.IconImageSequence,
            new DicomDataSet().Add(DicomTags.PixelData, DicomVr.OB, new byte[2]));
        DicomDataSet read = DicomFile.ReadHeader(DicomFileWriter.ToBytes(dataSet)).DataSet;
        string json = System.Text.Encoding.UTF8.GetString(
            DicomJsonWriter.ToUtf8Bytes(read, new DicomJsonOptions { BulkDataUri = path => "bulk/" + path }));
        Assert.That(json, Does.Contain("\"BulkDataURI\":\"bulk/7FE00010\"").And.Contain("\"bulk/00880200/1/7FE00010\""));
        Assert.That(json, Does.Contain("\"InlineBinary\":\"AQIDBA==\""), "what is short stays inline");
        Assert.That(Json(read), Does.Contain("\"7FE00010\":{\"vr\":\"OW\"}"), "what was not kept has no value");
    }

    [Test]
    public void What_was_written_reads_back_the_same()
    {
        DicomDataSet image = SampleData.Image().Add(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        string json = Json(image);
        DicomDataSet read = DicomJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(json))[0];
        Assert.That(Json(read), Is.EqualTo(json));
        Assert.That(read.GetPersonNames(DicomTags.PatientName)[0].FamilyName, Is.EqualTo("Müller"));
    }

    [Test]
    public void Real_files_read_back_the_same_from_json()
    {
        foreach (string path in Corpus.DicomFiles().Where((_, i) => i % 7 == 0))
        {
            try
            {
                string json = Json(DicomFile.ReadHeader(File.ReadAllBytes(path)).DataSet);
                Assert.That(Json(DicomJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(json))[0]), Is.EqualTo(json), path);
            }
            catch (DicomFormatException failure) when (failure.Failure != FormatFailure.InvalidJson)
            {
                // Declared.
            }
        }
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[1]")]
    [TestCase("{\"0010\":{}}")]
    [TestCase("{\"00100010\":1}")]
    [TestCase("{\"00100010\":{\"vr\":\"ZZ\"}}")]
    [TestCase("{\"00100010\":{\"vr\":\"PN\",\"Value\":[[]]}}")]
    [TestCase("{\"00280010\":{\"vr\":\"US\",\"Value\":[70000]}}")]
    [TestCase("{\"00280010\":{\"vr\":\"US\",\"Value\":[1.5]}}")]
    [TestCase("{\"7FE00010\":{\"vr\":\"OW\",\"InlineBinary\":\"*\"}}")]
    [TestCase("{\"00081140\":{\"vr\":\"SQ\",\"Value\":[\"text\"]}}")]
    [TestCase("{\"00100010\":{\"vr\":\"PN\",\"Value\":[\"\\uD800\"]}}")]
    [TestCase("{} {}")]
    public void Other_json_is_refused(string json) =>
        Assert.That(
            () => DicomJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(json)),
            Throws.InstanceOf<DicomFormatException>().With.Property("Failure").EqualTo(FormatFailure.InvalidJson));

    [Test]
    public void Nesting_is_bounded_and_damage_is_refused_by_name()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"00081140\":{\"vr\":\"SQ\",\"Value\":[", 10_000));
        Assert.That(() => DicomJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(deep)), Throws.InstanceOf<DicomFormatException>());
        byte[] json = System.Text.Encoding.UTF8.GetBytes(Json(SampleData.Image()));
        Random random = new(3);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] damaged = [.. json];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                DicomJsonReader.Read(damaged.AsMemory(0, i % 3 == 0 ? random.Next(damaged.Length) : damaged.Length));
            }
            catch (DicomFormatException)
            {
                // Declared.
            }
        }
    }

    [Test]
    public void A_header_becomes_json_without_allocating()
    {
        DicomDataSet read = DicomFile.ReadHeader(
            DicomFileWriter.ToBytes(SampleData.Image().Add(DicomTags.SpecificCharacterSet, "ISO_IR 192"))).DataSet;
        ArrayBufferWriter<byte> output = new(64 * 1024);
        using Utf8JsonWriter writer = new(output, DicomJsonWriter.WriterOptions);
        DicomJsonWriter.Write(writer, read);
        writer.Flush();
        output.ResetWrittenCount();
        writer.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomJsonWriter.Write(writer, read);
        writer.Flush();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(256));
    }

    private static string Json(DicomDataSet dataSet) => System.Text.Encoding.UTF8.GetString(DicomJsonWriter.ToUtf8Bytes(dataSet));
}
