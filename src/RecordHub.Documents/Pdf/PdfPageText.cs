using RecordHub.Documents.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace RecordHub.Documents.Pdf;

/// <summary>The words of a page.</summary>
internal static class PdfPageText
{
    /// <summary>False when the page holds no letters.</summary>
    public static bool Write(Page page, TextSink text)
    {
        if (page.Letters.Count == 0)
        {
            return false;
        }

        text.Write(ContentOrderTextExtractor.GetText(page, addDoubleNewline: true));
        return true;
    }
}
