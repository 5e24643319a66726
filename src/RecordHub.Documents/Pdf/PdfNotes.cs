using RecordHub.Documents.Text;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;

namespace RecordHub.Documents.Pdf;

/// <summary>What was written onto a page afterwards (ISO 32000 §12.5): typewriter text, notes, stamps. No page content.</summary>
internal static class PdfNotes
{
    private const int Most = 1_000;

    public static void Write(Page page, TextSink notes)
    {
        try
        {
            foreach (Annotation note in page.GetAnnotations().Where(one => !string.IsNullOrWhiteSpace(one.Content)).Take(Most))
            {
                notes.Paragraph();
                notes.Write(note.Content!.ReplaceLineEndings("\n"));
            }
        }
        catch (Exception broken) when (PdfDamage.IsDamage(broken))
        {
            // A damaged note does not make the page unreadable.
            notes.Paragraph();
        }
    }
}
