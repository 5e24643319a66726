using System.Text;
using CsCheck;
using RecordHub.Documents.Mail;

namespace RecordHub.Documents.Tests;

public sealed class MailTests
{
    private const string Head = "From: =?utf-8?Q?M=C3=BCller?= <a@b.example>\r\nSubject: =?utf-8?B?QmVmdW5k?=\r\n =?utf-8?Q?_von_heute?=\r\nMIME-Version: 1.0\r\n";

    [Test]
    public void The_text_and_the_files_come_apart_and_plain_text_is_what_is_read()
    {
        MailMessage mail = Read(Head + """
            Content-Type: multipart/mixed; boundary="out er"

            preamble
            --out er
            Content-Type: multipart/alternative; boundary=in

            --in
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe und=
             mehr
            --in
            Content-Type: text/html

            <p>Other</p>
            --in--
            --out er
            Content-Type: application/pdf; name="x.pdf"
            Content-Disposition: attachment; filename*0*=utf-8''Br%C3%BC; filename*1="ef.pdf"
            Content-Transfer-Encoding: base64

            JVBE
            Ri0=
            --out er
            Content-Type: message/rfc822

            From: c@d.example
            --out er--
            epilogue
            """);

        Assert.That(mail.Fields, Is.EqualTo(new[] { ("From", "Müller <a@b.example>"), ("Subject", "Befund von heute") }));
        Assert.That(mail.Texts.Select(part => Encoding.Latin1.GetString(part.Decode(out _)!)), Is.EqualTo(new[] { "Grüße und mehr" }));
        Assert.That(mail.Files.Select(part => part.Name), Is.EqualTo(new[] { "Brüef.pdf", "part-3.eml" }));
        Assert.That(Encoding.ASCII.GetString(mail.Files[0].Decode(out string? trouble)!), Is.EqualTo("%PDF-"));
        Assert.That(trouble, Is.Null);
        Assert.That(Encoding.ASCII.GetString(mail.Files[1].Decode(out _)!), Is.EqualTo("From: c@d.example"));
        Assert.That(mail.Troubles, Is.Empty);
    }

    [TestCase("attachment; filename=\"=?iso-8859-1?Q?Br=FCef.txt?=\"", "Brüef.txt")]
    [TestCase("attachment; filename*=iso-8859-1'de'Br%FCef.txt; filename=x.txt", "Brüef.txt")]
    [TestCase("attachment; filename=\"a \\\"b\\\".txt\"", "a \"b\".txt")]
    [TestCase("attachment; filename=\"..\\\\..\\\\evil.txt\"", "evil.txt")]
    [TestCase("attachment; filename=\"../../evil.txt\"", "evil.txt")]
    [TestCase("attachment; filename=\"..\"", "part-1.txt")]
    [TestCase("attachment", "part-1.txt")]
    [TestCase("attachment; filename*9999999999*=x; filename=a.txt", "a.txt")]
    public void A_file_has_a_name_without_folders(string disposition, string name) =>
        Assert.That(Read($"{Head}Content-Disposition: {disposition}\r\n\r\nx").Files.Single().Name, Is.EqualTo(name));

    [TestCase("base64", "JVBERi0*", "damaged")]
    [TestCase("base64", "JVBERi0xLj", "breaks off")]
    [TestCase("x-uuencode", "begin 644 a", "not read")]
    public void What_cannot_be_unpacked_is_said(string encoding, string text, string said)
    {
        string mail = $"{Head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=a.bin\r\n"
            + $"Content-Transfer-Encoding: {encoding}\r\n\r\n{text}\r\n--b--\r\n";
        ExtractedDocument document = Reading.One(DocumentKind.Mail, mail);

        Assert.That(document.Warnings.Single(one => one.Name.StartsWith("attachment-", StringComparison.Ordinal)).Detail, Does.Contain(said));
    }

    [Test]
    public void One_that_breaks_off_says_so_and_gives_what_there_is()
    {
        MailMessage mail = Read(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n--b\r\nContent-Type: application/pdf\r\n\r\n%PD");

        Assert.That(mail.Troubles.Single(), Does.Contain("breaks off"));
        Assert.That((mail.Texts.Count, mail.Files.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Depth_and_number_of_parts_are_limits()
    {
        StringBuilder deep = new(Head);
        for (int i = 0; i < 2_000; i++)
        {
            deep.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
        }

        string many = Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 1_200)) + "--b--";

        Assert.That(Read(deep.ToString()).Troubles, Has.Some.Contains("inside each other"));
        Assert.That(Read(many).Troubles.Single(), Does.Contain("more than 1000 parts"));
        Assert.That(Read(many).Texts, Has.Count.EqualTo(1_000));
    }

    [TestCase("From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\nx", true)]
    [TestCase("Received: from x\r\n by y\r\nFrom: a@b.example\r\n\r\nx", true)]
    [TestCase("From: Dr. A\r\nTo: Dr. B\r\nSubject: a memo\r\n\r\nx", false)]
    [TestCase("Patient: Muster\r\n\r\nFrom: a\r\nMessage-ID: x", false)]
    [TestCase("Dear colleague: from", false)]
    public void It_is_told_from_a_letter_by_a_field_that_only_an_e_mail_has(string text, bool isMail)
    {
        bool found = DocumentSniffer.TryRecognise(Encoding.UTF8.GetBytes(text), "a.txt", out DocumentKind kind);

        Assert.That(found && kind == DocumentKind.Mail, Is.EqualTo(isMail));
    }

    [Test]
    public void No_bytes_make_it_fail() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 400], Gen.Int[0, 400]).Sample((noise, at, cut) =>
    {
        byte[] whole = Encoding.UTF8.GetBytes(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=BC</p>\r\n--b\r\nContent-Type: image/png; name*0*=utf-8''%41\r\n\r\nx\r\n--b--");
        byte[] damaged = [.. whole[..Math.Min(at, whole.Length)], .. noise, .. whole[Math.Min(cut, whole.Length)..]];
        MailMessage mail = MailMessage.Read(damaged);
        return mail.Texts.Concat(mail.Files).All(part => (part.Decode(out _)?.Length ?? 0) <= damaged.Length);
    });

    private static MailMessage Read(string mail) => MailMessage.Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));
}
