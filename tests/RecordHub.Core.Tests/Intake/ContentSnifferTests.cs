using System.Text;
using CsCheck;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Normalization;

namespace RecordHub.Core.Tests.Intake;

public sealed class ContentSnifferTests
{
    private const string Fhir = "application/fhir+json";

    [TestCase("{\"resourceType\":\"Patient\"}", "a.json", null, ContentKind.FhirJson)]
    [TestCase("\uFEFF  {\"resourceType\":\"Patient\"}", null, null, ContentKind.FhirJson)]
    [TestCase("{\"meta\":{},\"id\":\"x\"", null, null, ContentKind.FhirJson)]
    [TestCase("{ damaged", null, Fhir, ContentKind.FhirJson)]
    [TestCase("{\"a\":1}", "a.json", null, ContentKind.Unknown)]
    [TestCase("{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n", null, null, ContentKind.FhirNdjson)]
    [TestCase("{\"resourceType\":\"Patient\"}\n", "a.ndjson", null, ContentKind.FhirNdjson)]
    [TestCase("<?xml version=\"1.0\"?><Patient xmlns=\"http://hl7.org/fhir\"/>", null, null, ContentKind.FhirXml)]
    [TestCase("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><typeId/>", "a.xml", null, ContentKind.Cda)]
    [TestCase("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///x\">]><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "a.xml", null, ContentKind.Cda)]
    [TestCase("<other/>", "a.xml", null, ContentKind.NotARecord)]
    [TestCase("MSH|^~\\&|A|B|C|D|20260101||ORU^R01|1|P|2.5\r", null, null, ContentKind.Hl7V2)]
    [TestCase("%PDF-1.7\n", "x", null, ContentKind.Pdf)]
    [TestCase("{\\rtf1 Hello}", "x.rtf", null, ContentKind.Rtf)]
    [TestCase("Dear colleague, thank you for seeing her.", "letter.txt", null, ContentKind.PlainText)]
    [TestCase("<html><body>Letter</body></html>", "x.html", null, ContentKind.Html)]
    [TestCase("[autorun]\nopen=viewer.exe\n", "DISC/AUTORUN.INF", null, ContentKind.NotARecord)]
    [TestCase("settings=1\n", "C:\\disc\\viewer.ini", null, ContentKind.NotARecord)]
    [TestCase("MZ\u0090 program", "setup", null, ContentKind.NotARecord)]
    [TestCase("GIF89a\u0001\u0000\u0001\u0000", "x.gif", null, ContentKind.NotARecord)]
    [TestCase("PK\u0003\u0004 archive", "x.zip", null, ContentKind.NotRead)]
    [TestCase("Rar!\u001a archive", "x.rar", null, ContentKind.NotRead)]
    [TestCase("", "empty.txt", null, ContentKind.NotARecord)]
    public void Content_is_told_by_its_bytes_and_by_its_name(string text, string? name, string? type, ContentKind kind)
    {
        SniffedContent sniffed = ContentSniffer.Recognise(Encoding.UTF8.GetBytes(text), name, type);

        Assert.That(sniffed.Kind, Is.EqualTo(kind));
        Assert.That(sniffed.What, Is.Not.Empty);
    }

    [Test]
    public void Dicom_is_told_with_and_without_preamble_and_a_directory_is_none()
    {
        byte[] file = DicomBytes.File();
        int dataSet = DicomBytes.DataSetOffset(file);

        Assert.That(Kind(file), Is.EqualTo(ContentKind.DicomInstance));
        Assert.That(Kind(file[128..]), Is.EqualTo(ContentKind.DicomInstance), "no preamble");
        Assert.That(Kind(file[132..]), Is.EqualTo(ContentKind.DicomInstance), "file meta at once");
        Assert.That(Kind(file[dataSet..]), Is.EqualTo(ContentKind.DicomInstance), "bare data set");
        Assert.That(Kind(DicomBytes.File("1.2.840.10008.1.3.10")), Is.EqualTo(ContentKind.DicomDirectory));
        Assert.That(
            ContentSniffer.Recognise(file, "viewer.exe", null).Kind, Is.EqualTo(ContentKind.DicomInstance),
            "the bytes count before the name");
    }

    [TestCase("FFD8FFE000104A46494600010100000100010000FFC00011080384025803012200021101031101", ContentKind.Jpeg)]
    [TestCase("FFD8FFC0001108004000400301220002110103110100", ContentKind.NotARecord)]
    [TestCase("FFD8FFE1FFFE0000", ContentKind.Jpeg)]
    [TestCase("89504E470D0A1A0A0000000D4948445200000258000003200800000000", ContentKind.Png)]
    [TestCase("89504E470D0A1A0A0000000D4948445200000020000000200800000000", ContentKind.NotARecord)]
    [TestCase("49492A0008000000", ContentKind.Tiff)]
    [TestCase("4D4D002A00000008", ContentKind.Tiff)]
    [TestCase("377ABCAF271C0004", ContentKind.NotRead)]
    [TestCase("000000186674797068656963", ContentKind.NotRead)]
    [TestCase("D0CF11E0A1B11AE1", ContentKind.NotRead)]
    public void A_picture_of_a_page_is_a_record_an_icon_is_none_and_what_is_not_read_is_told_from_both(string bytes, ContentKind kind)
    {
        SniffedContent sniffed = ContentSniffer.Recognise(Convert.FromHexString(bytes), null, null);

        Assert.That(sniffed.Kind, Is.EqualTo(kind), sniffed.What);
    }

    [Test]
    public void No_bytes_and_no_name_make_it_fail() => Gen.Select(Gen.Byte.Array[0, 400], Gen.String).Sample((bytes, name) =>
        ContentSniffer.Recognise(bytes, name, name).What.Length > 0);

    [Test]
    public void Every_file_beside_the_repository_is_something_or_named()
    {
        foreach (string file in SharedData.Files("documents").Concat(SharedData.Files("dicom")))
        {
            byte[] head = new byte[ContentSniffer.HeadLength];
            using FileStream stream = File.OpenRead(file);
            int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);

            Assert.That(ContentSniffer.Recognise(head.AsSpan(0, length), file, null).What, Is.Not.Empty);
        }
    }

    private static ContentKind Kind(byte[] bytes) => ContentSniffer.Recognise(bytes, null, null).Kind;
}
