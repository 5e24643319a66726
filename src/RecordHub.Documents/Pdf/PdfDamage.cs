using System.Globalization;
using RecordHub.Documents.Reading;

namespace RecordHub.Documents.Pdf;

/// <summary>Tells damage from our own exceptions, and where a PDF is damaged.</summary>
internal static class PdfDamage
{
    /// <summary>PdfPig throws whatever its code runs into on damaged input; ours, cancelling and fatal ones are not damage.</summary>
    public static bool IsDamage(Exception broken) => broken is not (DocumentException or OperationCanceledException
        or OutOfMemoryException or StackOverflowException or AccessViolationException);

    /// <summary>The most likely place: a missing end, else the cross-reference table that startxref names (ISO 32000 §7.5.5).</summary>
    public static string Where(ReadOnlySpan<byte> content, int header)
    {
        int end = content.LastIndexOf("%%EOF"u8);
        if (end < 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"byte {header + content.Length}: the end (%%EOF) is missing");
        }

        int pointer = content.LastIndexOf("startxref"u8);
        return pointer < 0
            ? string.Create(CultureInfo.InvariantCulture, $"byte {header + end}: no startxref before the end")
            : string.Create(CultureInfo.InvariantCulture, $"byte {header + pointer}: what startxref leads to");
    }
}
