using System.Text;
using NUnit.Framework;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Tests.Intake;

/// <summary>What was meant as a record and holds none that is read: who gives it in has to hear it.</summary>
public sealed class UnreadRecordTests
{
    private const string Unknown = "\u0001\u0002\u00FF\0\0";
    private const string ErrorPage = "<!DOCTYPE html><html><body>404 Not Found</body></html>";
    private const string Mail = "From: a@b.example\nTo: c@d.example\nMessage-ID: <1@b.example>\nDate: Mon, 01 Jun 2026 10:00:00 +0000\n\nText\n";

    [TestCase(Unknown, "image.dcm", null)]
    [TestCase(Unknown, "DICOM\\IM000001", null)]
    [TestCase(Unknown, "1.2.840.99999.1.7", null)]
    [TestCase(Unknown, "report.pdf", null)]
    [TestCase(Unknown, "disc.ISO", null)]
    [TestCase(Unknown, null, "application/dicom; transfer-syntax=*")]
    [TestCase("", "empty.txt", null)]
    [TestCase("", "DICOM/IM000001", null)]
    [TestCase(ErrorPage, "image.dcm", null)]
    [TestCase(ErrorPage, "report.pdf", null)]
    [TestCase("Access denied\n", "image.dcm", null)]
    [TestCase("<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", "image.dcm", null)]
    [TestCase("{\"error\":\"gone\"}", "image.dcm", null)]
    [TestCase("MZ\u0090 program", "records.zip", null)]
    [TestCase("From a@b.example Mon Jun  1 10:00:00 2026\n" + Mail, "box", null)]
    [TestCase("-----BEGIN PGP MESSAGE-----\n\nabc", "report.txt", null)]
    [TestCase("x\u009F>\"\u0001", "winmail.dat", null)]
    [TestCase("0\u0080\u0006", "smime.p7m", null)]
    public void It_is_rejected(string bytes, string? name, string? type) =>
        Assert.That(At(bytes, name, type)?.State, Is.EqualTo(RecordState.Rejected));

    [TestCase(Unknown, "viewer.dat")]
    [TestCase(Unknown, ".DS_Store")]
    [TestCase(Unknown, "._image.dcm")]
    [TestCase(Unknown, null)]
    [TestCase("", "viewer.dat")]
    [TestCase("", null)]
    [TestCase("MZ\u0090 program", "setup")]
    public void A_companion_of_records_is_ignored(string bytes, string? name) =>
        Assert.That(At(bytes, name, null)?.State, Is.EqualTo(RecordState.Ignored));

    // Of another kind than its name says, but a record.
    [TestCase("%PDF-1.7\n", "image.dcm")]
    [TestCase("<html><body>Letter</body></html>", "letter.doc")]
    [TestCase("Dear colleague, thank you for seeing her.", "letter.odt")]
    [TestCase("Dear colleague, thank you for seeing her.", "LETTER")]
    [TestCase("From the ward: she is well.\nDear colleague", "letter.txt")]
    [TestCase(Mail, "post.eml")]
    public void A_record_is_read(string bytes, string name) => Assert.That(At(bytes, name, null), Is.Null);

    // Else one of another patient inside a record would not be seen.
    [Test]
    public void What_is_inside_a_record_is_read_whatever_it_is_called() => Assert.That(
        ContentSniffer.Recognise("Patient: Musterfall, Erika"u8, "image.dcm", "application/pdf").Kind, Is.EqualTo(ContentKind.PlainText));

    private static PreviewedRecord? At(string bytes, string? name, string? type) => FilingPreview.AtHead(
        Encoding.Latin1.GetBytes(bytes), new Source { Door = Door.Import, FileName = name, MediaType = type });
}
