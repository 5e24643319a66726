using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Tests.Files;
using RecordHub.Dicom.Xml;

namespace RecordHub.Dicom.Tests.Xml;

public class DicomXmlTests
{
    [Test]
    public void Each_representation_has_its_form()
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.ImageType, "ORIGINAL", "", "AXIAL ")
            .Add(DicomTags.PatientName, "Yamada^Tarou=山田^太郎", "B^^^^Jr")
            .Add(DicomTags.PatientID, "")
            .Add(DicomTags.PatientComments, "a<b\r\nc")
            .AddText(DicomTags.WindowCenter, DicomVr.DS, "+1.50 ")
            .Add(DicomTags.FrameIncrementPointer, 0x0018_1063)
            .Add(DicomTags.ICCProfile, DicomVr.OB, new byte[] { 1, 2, 3 })
            .AddText(new DicomTag(0x0029, 0x0011), DicomVr.LO, "MAKER")
            .Add(new DicomTag(0x0029, 0x1101), DicomVr.UN, new byte[] { 1 })
            .Add(DicomTags.ReferencedImageSequence, new DicomDataSet(), new DicomDataSet().Add(DicomTags.CodeValue, "C"))
            .Add(DicomTags.ContentSequence, ReadOnlySpan<DicomDataSet>.Empty);
        string[] expected =
        [
            """<?xml version="1.0" encoding="utf-8"?>""",
            """<NativeDicomModel xml:space="preserve" xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM">""",
            """<DicomAttribute tag="00080005" vr="CS" keyword="SpecificCharacterSet"><Value number="1">ISO_IR 192</Value></DicomAttribute>""",
            """<DicomAttribute tag="00080008" vr="CS" keyword="ImageType"><Value number="1">ORIGINAL</Value><Value number="2"></Value><Value number="3">AXIAL</Value></DicomAttribute>""",
            """<DicomAttribute tag="00081140" vr="SQ" keyword="ReferencedImageSequence"><Item number="1" /><Item number="2"><DicomAttribute tag="00080100" vr="SH" keyword="CodeValue"><Value number="1">C</Value></DicomAttribute></Item></DicomAttribute>""",
            """<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1"><Alphabetic><FamilyName>Yamada</FamilyName><GivenName>Tarou</GivenName></Alphabetic>""",
            """<Ideographic><FamilyName>山田</FamilyName><GivenName>太郎</GivenName></Ideographic></PersonName><PersonName number="2"><Alphabetic><FamilyName>B</FamilyName><NameSuffix>Jr</NameSuffix></Alphabetic></PersonName></DicomAttribute>""",
            """<DicomAttribute tag="00100020" vr="LO" keyword="PatientID" />""",
            """<DicomAttribute tag="00104000" vr="LT" keyword="PatientComments"><Value number="1">a&lt;b&#xD;""" + "\n" + """c</Value></DicomAttribute>""",
            """<DicomAttribute tag="00280009" vr="AT" keyword="FrameIncrementPointer"><Value number="1">00181063</Value></DicomAttribute>""",
            """<DicomAttribute tag="00281050" vr="DS" keyword="WindowCenter"><Value number="1">+1.50</Value></DicomAttribute>""",
            """<DicomAttribute tag="00282000" vr="OB" keyword="ICCProfile"><InlineBinary>AQID</InlineBinary></DicomAttribute>""",
            """<DicomAttribute tag="00290011" vr="LO"><Value number="1">MAKER</Value></DicomAttribute>""",
            """<DicomAttribute tag="00290001" vr="UN" privateCreator="MAKER"><InlineBinary>AQ==</InlineBinary></DicomAttribute>""",
            """<DicomAttribute tag="0040A730" vr="SQ" keyword="ContentSequence" /></NativeDicomModel>""",
        ];
        Assert.That(Xml(dataSet), Is.EqualTo(string.Concat(expected)));
    }

    [Test]
    public void What_was_written_reads_back_the_same()
    {
        DicomDataSet image = SampleData.Image()
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 192")
            .Add(DicomTags.OtherPatientNames, "A^B^^^", "", "^", "=x=y", "a^b^c^d^e^f")
            .Add(DicomTags.PatientComments, "  kept\r\n\tas it is 😀")
            .AddText(new DicomTag(0x0029, 0x0011), DicomVr.LO, "MAKER")
            .AddText(new DicomTag(0x0029, 0x1101), DicomVr.LO, "in the second block of the same creator")
            .AddText(new DicomTag(0x0031, 0x1001), DicomVr.LO, "without a creator")
            .Add(DicomTags.RecommendedDisplayFrameRateInFloat, DicomVr.FL, BitConverter.GetBytes(float.NaN))
            .Add(new DicomTag(0x0028, 0x9520), DicomVr.FD, BitConverter.GetBytes(double.NegativeInfinity));
        DicomDataSet read = DicomXmlReader.Read(DicomXmlWriter.ToUtf8Bytes(image));
        Assert.That(Xml(read), Is.EqualTo(Xml(image)));
        Assert.That(Json(read), Is.EqualTo(Json(image)));
    }

    [Test]
    public void Real_files_read_back_the_same_from_xml()
    {
        int read = 0;
        foreach (string path in Corpus.DicomFiles().Where((_, i) => i % 5 == 0))
        {
            try
            {
                DicomDataSet dataSet = DicomFile.ReadHeader(File.ReadAllBytes(path)).DataSet;
                string xml = Xml(dataSet);
                Assert.That(Xml(DicomXmlReader.Read(System.Text.Encoding.UTF8.GetBytes(xml))), Is.EqualTo(xml), path);
                read++;
            }
            catch (DicomFormatException failure) when (failure.Failure != FormatFailure.InvalidXml)
            {
                // Declared.
            }
        }

        Assert.That(read, Is.GreaterThan(150));
    }

    [Test]
    public void A_creator_that_is_only_named_gets_a_block()
    {
        DicomDataSet read = DicomXmlReader.Read(Document(
            """
            <DicomAttribute tag="00290010" vr="LO"><Value number="1">OTHER</Value></DicomAttribute>
            <DicomAttribute tag="00290001" vr="LO" privateCreator="MAKER"><Value number="1">x</Value></DicomAttribute>
            <DicomAttribute tag="00290002" vr="LO" privateCreator="MAKER"><Value number="2">y</Value></DicomAttribute>
            """));
        Assert.That(read.TryGetPrivate(0x0029, "MAKER", 0x01, out DicomElement first), Is.True);
        Assert.That(first.Tag, Is.EqualTo(new DicomTag(0x0029, 0x1101)));
        Assert.That(read.GetStrings(new DicomTag(0x0029, 0x1102)), Is.EqualTo(new[] { "", "y" }));
    }

    [Test]
    public void Bulk_data_is_linked_and_asked_for()
    {
        DicomDataSet read = DicomFile.ReadHeader(DicomFileWriter.ToBytes(SampleData.Image())).DataSet;
        byte[] xml = DicomXmlWriter.ToUtf8Bytes(read, new DicomJsonOptions { BulkDataUri = path => "bulk/" + path });
        Assert.That(System.Text.Encoding.UTF8.GetString(xml), Does.Contain("<BulkData uri=\"bulk/7FE00010\" />"));
        DicomDataSet again = DicomXmlReader.Read(xml, uri => uri == "bulk/7FE00010" ? new byte[] { 9, 9 } : null);
        Assert.That(again.GetBytes(DicomTags.PixelData).ToArray(), Is.EqualTo(new byte[] { 9, 9 }));
    }

    [Test]
    public void Characters_that_xml_lacks_are_replaced()
    {
        DicomDataSet dataSet = new DicomDataSet().AddText(DicomTags.PatientComments, DicomVr.LT, "a\u0001\u000Bb");
        Assert.That(Xml(dataSet), Does.Contain("a\uFFFD\uFFFDb"));
    }

    [TestCase("")]
    [TestCase("<x/>")]
    [TestCase("<NativeDicomModel>text</NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute/></NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute tag=\"0010\" vr=\"PN\"/></NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute tag=\"00100010\" vr=\"ZZ\"/></NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute tag=\"00280010\" vr=\"US\"><Value>70000</Value></DicomAttribute></NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute tag=\"00280010\" vr=\"US\"><Value number=\"2000000000\">7</Value></DicomAttribute></NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute tag=\"7FE00010\" vr=\"OW\"><InlineBinary>*</InlineBinary></DicomAttribute></NativeDicomModel>")]
    [TestCase("<NativeDicomModel><DicomAttribute tag=\"00100010\" vr=\"PN\">")]
    [TestCase("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><NativeDicomModel>&e;</NativeDicomModel>")]
    [TestCase("<?xml version=\"1.0\" encoding=\"no-such\"?><NativeDicomModel/>")]
    public void Other_xml_is_refused(string xml) =>
        Assert.That(
            () => DicomXmlReader.Read(System.Text.Encoding.UTF8.GetBytes(xml)),
            Throws.InstanceOf<DicomFormatException>().With.Property("Failure").EqualTo(FormatFailure.InvalidXml));

    [Test]
    public void Nesting_is_bounded()
    {
        string deep = string.Concat(Enumerable.Repeat("<DicomAttribute tag=\"00081140\" vr=\"SQ\"><Item number=\"1\">", 10_000));
        Assert.That(
            () => DicomXmlReader.Read(System.Text.Encoding.UTF8.GetBytes("<NativeDicomModel>" + deep)),
            Throws.InstanceOf<DicomFormatException>().With.Property("Failure").EqualTo(FormatFailure.NestingTooDeep));
    }

    private static byte[] Document(string content) => System.Text.Encoding.UTF8.GetBytes($"<NativeDicomModel>{content}</NativeDicomModel>");

    private static string Xml(DicomDataSet dataSet) => System.Text.Encoding.UTF8.GetString(DicomXmlWriter.ToUtf8Bytes(dataSet));

    private static string Json(DicomDataSet dataSet) => System.Text.Encoding.UTF8.GetString(DicomJsonWriter.ToUtf8Bytes(dataSet));
}
