using System.Text;

namespace RecordHub.Documents.Tests;

public sealed class SnifferTests
{
    [TestCase("%PDF-1.4 x", null, DocumentKind.Pdf)]
    [TestCase("junk before\n%PDF-1.4", "a.bin", DocumentKind.Pdf)]
    [TestCase("{\\rtf1 x}", "a.doc", DocumentKind.Rtf)]
    [TestCase("MSH|^~\\&|A|B", "a.txt", DocumentKind.Hl7V2)]
    [TestCase("\u000BMSH|^~\\&|A|B", null, DocumentKind.Hl7V2)]
    [TestCase("BHS|^~\\&|A|B", null, DocumentKind.Hl7V2)]
    [TestCase("<?xml version=\"1.0\"?><!-- c --><ClinicalDocument xmlns=\"urn:hl7-org:v3\">", null, DocumentKind.CdaDocument)]
    [TestCase("<cda:ClinicalDocument xmlns:cda=\"urn:hl7-org:v3\">", "a.html", DocumentKind.CdaDocument)]
    [TestCase("<!DOCTYPE html><html>", null, DocumentKind.Html)]
    [TestCase("<HTML><BODY>x", null, DocumentKind.Html)]
    [TestCase("<div>x</div>", "x.txt", DocumentKind.Html)]
    [TestCase("Dear colleague, thank you.", null, DocumentKind.PlainText)]
    [TestCase("MSH was not performed.", null, DocumentKind.PlainText)]
    [TestCase("[1] see the first reference", null, DocumentKind.PlainText)]
    public void Documents_are_told_by_their_content(string head, string? name, DocumentKind kind)
    {
        Assert.Multiple(() =>
        {
            Assert.That(DocumentSniffer.TryRecognise(Encoding.UTF8.GetBytes(head), name, out DocumentKind found), Is.True);
            Assert.That(found, Is.EqualTo(kind));
        });
    }

    [TestCase("{\"resourceType\":\"Patient\"}", "a.txt")]
    [TestCase("{ \"resourceType\" : \"Bundle\"}\n{\"resourceType\":\"Patient\"}", null)]
    [TestCase("<Patient xmlns=\"http://hl7.org/fhir\"/>", null)]
    [TestCase("<?xml version=\"1.0\"?><Bundle xmlns=\"http://hl7.org/fhir\">", "a.txt")]
    [TestCase("\u0001\u0002\u0003\u0004binary", "a.txt")]
    [TestCase("abc\0def\0\0xyz", "a.txt")]
    [TestCase("", "a.txt")]
    [TestCase("   \r\n ", "a.txt")]
    public void Other_things_are_never_claimed(string head, string? name)
    {
        Assert.That(DocumentSniffer.TryRecognise(Encoding.UTF8.GetBytes(head), name, out _), Is.False);
    }

    [Test]
    public void Dicom_and_archives_are_never_claimed()
    {
        byte[] dicom = [.. Encoding.ASCII.GetBytes(new string('a', 128)), .. "DICM"u8, .. "text follows"u8];
        byte[] zip = Samples.Zip(("letters/letter.docx", Samples.Docx("x")));

        Assert.Multiple(() =>
        {
            Assert.That(DocumentSniffer.TryRecognise(dicom, "a.txt", out _), Is.False);
            Assert.That(DocumentSniffer.TryRecognise(zip, "a.zip", out _), Is.False);
        });
    }

    [Test]
    public void Packages_are_told_from_each_other()
    {
        Assert.Multiple(() =>
        {
            Assert.That(DocumentSniffer.TryRecognise(Samples.Docx("x"), null, out DocumentKind word), Is.True);
            Assert.That(word, Is.EqualTo(DocumentKind.Docx));
            Assert.That(DocumentSniffer.TryRecognise(Samples.Odt("<x/>"), null, out DocumentKind open), Is.True);
            Assert.That(open, Is.EqualTo(DocumentKind.Odt));
        });
    }

    [Test]
    public void A_head_that_ends_inside_a_character_is_still_text()
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('a', DocumentSniffer.HeadLength - 1) + "ü and more");

        Assert.That(DocumentSniffer.TryRecognise(text, null, out DocumentKind kind) ? kind : (DocumentKind?)null, Is.EqualTo(DocumentKind.PlainText));
    }
}
