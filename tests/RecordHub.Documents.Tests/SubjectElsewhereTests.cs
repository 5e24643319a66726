using System.Globalization;
using System.Text;

namespace RecordHub.Documents.Tests;

/// <summary>Whom a document names beside its text: in its title, in notes on its pages, in its other form. Invented people only.</summary>
public sealed class SubjectElsewhereTests
{
    [Test]
    public void A_title_says_whose_a_page_is() => IsKaltwasser(Reading.One(
        DocumentKind.Html, "<html><head><title>Patient: Kaltwasser, Benno</title></head><body><p>fine</p></body></html>"));

    [Test]
    public void Lists_and_cells_say_it_too()
    {
        IsKaltwasser(Reading.One(
            DocumentKind.Html, "<html><body><dl><dt>Patient:</dt><dd>Kaltwasser, Benno</dd><dt>DOB</dt><dd>1970-01-05</dd></dl></body></html>"));
        IsKaltwasser(Reading.One(
            DocumentKind.Html, "<html><body><table><tr><td>Patient name</td></tr><tr><td>Kaltwasser, Benno</td></tr></table></body></html>"));
    }

    [Test]
    public void The_html_of_an_e_mail_counts_where_its_plain_text_says_nothing()
    {
        const string Mail = "From: a@example.org\r\nSubject: as said\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n"
            + "--B\r\nContent-Type: text/plain\r\n\r\nThis is an e-mail in HTML.\r\n"
            + "--B\r\nContent-Type: text/html\r\n\r\n<p>Patient: Kaltwasser, Benno</p>\r\n--B--\r\n";

        ExtractedDocument mail = Reading.One(DocumentKind.Mail, Mail);

        IsKaltwasser(mail);
        Assert.That(mail.Text, Does.Not.Contain("Kaltwasser"));
    }

    [Test]
    public void A_note_on_a_page_of_a_pdf_says_it() => IsKaltwasser(Reading.One(
        DocumentKind.Pdf, Pdf("/Annots [<< /Type /Annot /Subtype /FreeText /Rect [9 9 300 99] /Contents (Patient: Kaltwasser, Benno) >>]")));

    [Test]
    public void A_title_of_somebody_else_than_the_text_makes_it_two_people() => Assert.That(
        Reading.One(
            DocumentKind.Html,
            "<html><head><title>Patient: Kaltwasser, Benno</title></head><body><p>Patient: Warmwasser, Berta</p></body></html>")
            .Warnings.Select(warning => warning.Name),
        Does.Contain("subject-ambiguous"));

    private static void IsKaltwasser(ExtractedDocument document)
    {
        SubjectName name = document.Subjects.Single().Names.Single();
        Assert.That((name.Family, name.Given.Single()), Is.EqualTo(("Kaltwasser", "Benno")));
    }

    private static string Pdf(string ofPage)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R {ofPage} >>",
            "<< /Length 37 >>\nstream\nBT /F1 12 Tf 72 700 Td (fine) Tj   ET\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        StringBuilder pdf = new("%PDF-1.6\n");
        List<int> places = [];
        for (int i = 0; i < objects.Length; i++)
        {
            places.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int table = pdf.Length;
        pdf.Append("xref\n0 6\n0000000000 65535 f \n");
        places.ForEach(place => pdf.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        return pdf.Append(CultureInfo.InvariantCulture, $"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").ToString();
    }
}
