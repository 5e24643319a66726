using System.Globalization;

namespace RecordHub.Documents.Text;

/// <summary>The time stamps of HL7 (DTM, TS: YYYY[MM[DD[HHMM[SS[.S]]]]][+/-ZZZZ]), PDF (D:...) and ISO 8601.</summary>
internal static class StandardTime
{
    private static readonly string[] s_isoDays = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    public static DocumentDate? Parse(string? text)
    {
        string written = text?.Trim() ?? string.Empty;
        if (written.Length is < 4 or > 40)
        {
            return null;
        }

        return written.Contains('-', StringComparison.Ordinal) && written.Length > 4 && written[4] == '-'
            ? Iso(written)
            : Compact(written, written.StartsWith("D:", StringComparison.Ordinal) ? written[2..] : written);
    }

    private static DocumentDate? Compact(string written, string text)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        // Dates padded with zeros ("19650000") are known to the year.
        int year = Number(text, digits, 0, 4, -1);
        int month = Number(text, digits, 4, 2, -1);
        int day = Number(text, digits, 6, 2, -1);
        if (year is < 1 or > 9999 || digits is 5 or 7)
        {
            return null;
        }

        if (month is -1 or 0)
        {
            return new DocumentDate(written, new DateTime(year, 1, 1), DatePrecision.Year);
        }

        if (month > 12)
        {
            return null;
        }

        if (day is -1 or 0)
        {
            return new DocumentDate(written, new DateTime(year, month, 1), DatePrecision.Month);
        }

        if (day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        DateTime local = new(year, month, day);
        int hour = Number(text, digits, 8, 2, -1);
        int minute = Number(text, digits, 10, 2, -1);
        int second = Number(text, digits, 12, 2, -1);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second > 60)
        {
            return new DocumentDate(written, local, DatePrecision.Day);
        }

        local = local.AddHours(hour).AddMinutes(minute).AddSeconds(Math.Clamp(second, 0, 59));
        TimeSpan? offset = Offset(text.AsSpan(digits), local);
        return new DocumentDate(written, local, second < 0 ? DatePrecision.Minute : DatePrecision.Second, offset);
    }

    private static DocumentDate? Iso(string written)
    {
        int index = 0;
        foreach (string form in s_isoDays)
        {
            if (DateTime.TryParseExact(written, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
            {
                return new DocumentDate(written, day, DatePrecision.Day - index);
            }

            index++;
        }

        bool zoned = written.EndsWith('Z') || (written.Length > 6 && written[^6] is '+' or '-');
        if (!DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return null;
        }

        bool seconds = written.AsSpan(10).Count(':') - (zoned && !written.EndsWith('Z') ? 1 : 0) > 1;
        return new DocumentDate(
            written,
            DateTime.SpecifyKind(time.DateTime, DateTimeKind.Unspecified),
            seconds ? DatePrecision.Second : DatePrecision.Minute,
            zoned ? time.Offset : null);
    }

    private static int Number(string text, int digits, int start, int length, int absent) =>
        digits < start + length ? absent : int.Parse(text.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>".123+0100", "-0500", "Z", and PDF's "+01'00'". An offset beyond 14 hours, or that leaves the calendar, is no offset.</summary>
    private static TimeSpan? Offset(ReadOnlySpan<char> rest, DateTime local)
    {
        int sign = rest.IndexOfAny('+', '-', 'Z');
        if (sign < 0)
        {
            return null;
        }

        if (rest[sign] == 'Z')
        {
            return TimeSpan.Zero;
        }

        Span<char> digits = stackalloc char[4];
        int count = 0;
        foreach (char c in rest[(sign + 1)..])
        {
            if (char.IsAsciiDigit(c) && count < 4)
            {
                digits[count++] = c;
            }
        }

        if (count is not 2 and not 4)
        {
            return null;
        }

        int hours = int.Parse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture);
        int minutes = count == 4 ? int.Parse(digits[2..], NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        TimeSpan offset = new(hours, minutes, 0);
        offset = rest[sign] == '-' ? -offset : offset;
        bool sane = offset.Duration() <= TimeSpan.FromHours(14) && minutes < 60
            && local.Year is > 1 and < 9999;
        return sane ? offset : null;
    }
}
