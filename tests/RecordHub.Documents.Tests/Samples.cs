using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace RecordHub.Documents.Tests;

/// <summary>Documents of each kind, written here.</summary>
internal static class Samples
{
    public static byte[] Pdf(params string[][] pages)
    {
        using PdfDocumentBuilder builder = new();
        PdfDocumentBuilder.AddedFont font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (string[] lines in pages)
        {
            PdfPageBuilder page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
            for (int i = 0; i < lines.Length; i++)
            {
                page.AddText(lines[i], 11, new PdfPoint(50, 780 - (i * 20)), font);
            }
        }

        return builder.Build();
    }

    /// <summary>Words at places of their own, as producers without blanks draw them.</summary>
    public static byte[] PdfOf(params (string Word, double X, double Y)[] words)
    {
        using PdfDocumentBuilder builder = new();
        PdfDocumentBuilder.AddedFont font = builder.AddStandard14Font(Standard14Font.Helvetica);
        PdfPageBuilder page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
        foreach ((string word, double x, double y) in words)
        {
            page.AddText(word, 10, new PdfPoint(x, y), font);
        }

        return builder.Build();
    }

    public static byte[] Docx(params string[] paragraphs)
    {
        using MemoryStream stream = new();
        using (WordprocessingDocument document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            MainDocumentPart main = document.AddMainDocumentPart();
            Body body = new(paragraphs.Select(p => new Paragraph(new Run(new DocumentFormat.OpenXml.Wordprocessing.Text(p)))));
            body.Append(new Table(new TableRow(
                new TableCell(new Paragraph(new Run(new DocumentFormat.OpenXml.Wordprocessing.Text("Hb")))),
                new TableCell(new Paragraph(new Run(new DocumentFormat.OpenXml.Wordprocessing.Text("12.1")))))));
            body.Append(new Paragraph(new DeletedRun(new Run(new DeletedText("struck out"))) { Id = "1", Author = "x" }));
            main.Document = new Document(body);
            document.PackageProperties.Title = "Clinic letter";
            document.PackageProperties.Creator = "Dr House";
        }

        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream member = archive.CreateEntry(
                    name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                member.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Odt(string content) => Zip(
        ("mimetype", "application/vnd.oasis.opendocument.text"u8.ToArray()),
        ("content.xml", Encoding.UTF8.GetBytes(content)));
}
