using System.Security.Cryptography;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace RecordHub.Samples.Documents;

/// <summary>A letter on one page, in a font that every reader has.</summary>
internal static class SamplePdf
{
    private const int IdentifierLength = 32;

    public static byte[] Create(
        string title, SamplePatient patient, SampleHospital hospital, IReadOnlyList<string> paragraphs)
    {
        using PdfDocumentBuilder builder = new() { IncludeDocumentInformation = false };
        PdfDocumentBuilder.AddedFont body = builder.AddStandard14Font(Standard14Font.Helvetica);
        PdfDocumentBuilder.AddedFont bold = builder.AddStandard14Font(Standard14Font.HelveticaBold);
        PdfPageBuilder page = builder.AddPage(PageSize.A4);
        double y = 780;
        page.AddText(hospital.Name, 10, new PdfPoint(50, y), body);
        page.AddText(title, 18, new PdfPoint(50, y -= 40), bold);
        foreach (string line in SampleHeader.Lines(patient, hospital))
        {
            page.AddText(line, 11, new PdfPoint(50, y -= 18), body);
        }

        y -= 14;
        foreach (string paragraph in paragraphs)
        {
            page.AddText(paragraph, 11, new PdfPoint(50, y -= 20), body);
        }

        return WithFixedIdentifier(builder.Build());
    }

    // The library makes up a new file identifier (ISO 32000-1 §14.4) each time; the content gives one that stays.
    private static byte[] WithFixedIdentifier(byte[] pdf)
    {
        ReadOnlySpan<byte> key = "/ID [ <"u8;
        int start = pdf.AsSpan().LastIndexOf(key) + key.Length;
        Span<byte> first = pdf.AsSpan(start, IdentifierLength);
        Span<byte> second = pdf.AsSpan(start + IdentifierLength + "><".Length, IdentifierLength);
        byte[] identifier = Encoding.ASCII.GetBytes(
            Convert.ToHexString(SHA256.HashData(pdf.AsSpan(0, start)))[..IdentifierLength]);
        identifier.CopyTo(first);
        identifier.CopyTo(second);
        return pdf;
    }
}
