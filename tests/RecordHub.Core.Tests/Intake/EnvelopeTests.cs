using System.Text;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Intake;

/// <summary>E-mails that are about somebody else than what is in them, and the other way round: invented people only.</summary>
public sealed class EnvelopeTests
{
    private const string Own = "Patient: Musterfall, Synthia\r\nDOB: 1961-04-09\r\n";
    private const string Others = "Patient: Andersfall, Ignotus\r\nDOB: 1940-02-03\r\n";

    [TestCase(Others, "held", "part-disagrees")]
    [TestCase(Own, "filed", "names-nobody")]
    [TestCase("nothing of anybody\r\n", "filed", "names-nobody")]
    public async Task A_file_that_names_nobody_is_held_where_its_e_mail_names_somebody_else(string text, string state, string reason)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());
        ItemId mail = await office.ReceiveAsync(ContentKind.Mail, Mail(text, "a scan"), file.Number);

        HeldRecord record = (await office.SendAsync(
            ContentKind.PlainText, Encoding.UTF8.GetBytes("a scan"), file.Number, within: mail.ToString())).Single();

        Assert.That((record.State.ToString().ToLowerInvariant(), record.Reason), Is.EqualTo((state, reason)));
    }

    [Test]
    public async Task A_file_that_names_nobody_is_held_where_another_file_of_its_e_mail_names_somebody_else()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());
        ItemId mail = await office.ReceiveAsync(ContentKind.Mail, Mail("see below\r\n", Others), file.Number);

        HeldRecord record = (await office.SendAsync(
            ContentKind.PlainText, Encoding.UTF8.GetBytes("a scan"), file.Number, within: mail.ToString())).Single();

        Assert.That(record.Reason, Is.EqualTo("part-disagrees"));
    }

    [TestCase("see below\r\n")]
    [TestCase(Own)]
    public async Task An_e_mail_is_held_where_a_file_in_it_names_somebody_else(string text)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());

        HeldRecord record = (await office.SendAsync(ContentKind.Mail, Mail(text, Others), file.Number)).Single();

        Assert.That(record.Reason, Is.EqualTo("part-disagrees"));
    }

    [Test]
    public async Task An_e_mail_that_is_not_there_says_nothing()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());

        HeldRecord record = (await office.SendAsync(
            ContentKind.PlainText, Encoding.UTF8.GetBytes("a scan"), file.Number, within: ItemId.New(office.Time).ToString())).Single();

        Assert.That(record.Reason, Is.EqualTo("names-nobody"));
    }

    private static byte[] Mail(string text, string attached) => Encoding.UTF8.GetBytes(
        "From: a@example.org\r\nSubject: as said\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
        + $"--B\r\nContent-Type: text/plain\r\n\r\n{text}--B\r\nContent-Type: text/plain; name=\"scan.txt\"\r\n"
        + $"Content-Disposition: attachment; filename=\"scan.txt\"\r\n\r\n{attached}\r\n--B--\r\n");
}
