using System.Globalization;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// Moves dates by whole days, so that intervals and times of day stay as they were (PS3.15 §E.3.6). A precision that was
/// not there is not made up.
/// </summary>
internal static class DateShift
{
    /// <summary>The DA or DT moved back; null when it is no date.</summary>
    public static string? Back(string value, int days)
    {
        string text = value.Trim(' ', '\0');
        if (text.Length == 10 && text[4] == '.' && text[7] == '.')
        {
            // The form of ACR-NEMA, which PS3.5 §6.2 asks readers to take.
            text = text.Replace(".", string.Empty, StringComparison.Ordinal);
        }

        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        int given = Math.Min(digits < 0 ? text.Length : digits, 8);
        string? format = given switch
        {
            8 => "yyyyMMdd",
            6 => "yyyyMM",
            4 => "yyyy",
            _ => null,
        };
        if (format is null
            || !DateTime.TryParseExact(
                text[..given], format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            || date < DateTime.MinValue.AddDays(days))
        {
            return null;
        }

        return date.AddDays(-days).ToString(format, CultureInfo.InvariantCulture) + text[given..];
    }
}
