using System.Globalization;

namespace RecordHub.Core.Resources;

/// <summary>FHIR dates as the range of instants that they cover (R4 search.html §date).</summary>
public static class FhirDates
{
    /// <summary>
    /// Reads <c>yyyy[-MM[-dd[Thh:mm[:ss[.fff]][Z|±hh:mm]]]]</c>. The range is in Unix milliseconds, both ends included; a
    /// time without offset is taken as UTC. False for anything else.
    /// </summary>
    public static bool TryRange(string? text, out long low, out long high)
    {
        low = 0;
        high = 0;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (!Number(ref rest, 4, out int year) || year == 0)
        {
            return false;
        }

        int month = 1;
        int day = 1;
        if (rest.IsEmpty)
        {
            return Range(year, 1, 1, year == 9999 ? null : new DateTime(year + 1, 1, 1), out low, out high);
        }

        if (!Literal(ref rest, '-') || !Number(ref rest, 2, out month) || month is < 1 or > 12)
        {
            return false;
        }

        DateTime first = new(year, month, 1);
        if (rest.IsEmpty)
        {
            return Range(year, month, 1, year == 9999 && month == 12 ? null : first.AddMonths(1), out low, out high);
        }

        if (!Literal(ref rest, '-') || !Number(ref rest, 2, out day) || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        DateTime date = new(year, month, day);
        if (rest.IsEmpty)
        {
            return Range(year, month, day, date == DateTime.MaxValue.Date ? null : date.AddDays(1), out low, out high);
        }

        return Time(rest, date, out low, out high);
    }

    private static bool Time(ReadOnlySpan<char> rest, DateTime date, out long low, out long high)
    {
        low = 0;
        high = 0;
        if (!Literal(ref rest, 'T') || !Number(ref rest, 2, out int hour) || !Literal(ref rest, ':')
            || !Number(ref rest, 2, out int minute) || hour > 24 || minute > 59)
        {
            return false;
        }

        long width = 60_000;
        long milliseconds = ((hour * 60L) + minute) * 60_000;
        if (Literal(ref rest, ':'))
        {
            // 60 is a leap second, which is read as the one before it: it is of the same minute and day.
            if (!Number(ref rest, 2, out int second) || second > 60)
            {
                return false;
            }

            milliseconds += Math.Min(second, 59) * 1000L;
            width = 1000;
            if (Literal(ref rest, '.') && !Fraction(ref rest, ref milliseconds, ref width))
            {
                return false;
            }
        }

        if (!Offset(rest, out int offsetMinutes))
        {
            return false;
        }

        low = Milliseconds(date) + milliseconds - (offsetMinutes * 60_000L);
        high = low + width - 1;
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<char> rest, ref long milliseconds, ref long width)
    {
        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        for (int i = 0; i < 3; i++)
        {
            int digit = i < digits ? rest[i] - '0' : 0;
            milliseconds += digit * (i switch { 0 => 100, 1 => 10, _ => 1 });
        }

        width = digits switch { 1 => 100, 2 => 10, _ => 1 };
        rest = rest[digits..];
        return digits > 0;
    }

    private static bool Offset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest.IsEmpty || rest is "Z" or "z")
        {
            return true;
        }

        int sign = rest[0] == '-' ? -1 : 1;
        if (!(Literal(ref rest, '+') || Literal(ref rest, '-')) || !Number(ref rest, 2, out int hours)
            || !Literal(ref rest, ':') || !Number(ref rest, 2, out int rem) || !rest.IsEmpty || hours > 14 || rem > 59)
        {
            return false;
        }

        minutes = sign * ((hours * 60) + rem);
        return true;
    }

    private static bool Range(int year, int month, int day, DateTime? next, out long low, out long high)
    {
        low = Milliseconds(new DateTime(year, month, day));
        high = next is { } end ? Milliseconds(end) - 1 : long.MaxValue;
        return true;
    }

    private static long Milliseconds(DateTime date) => (date - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    private static bool Literal(ref ReadOnlySpan<char> rest, char c)
    {
        bool found = !rest.IsEmpty && rest[0] == c;
        rest = found ? rest[1..] : rest;
        return found;
    }

    private static bool Number(ref ReadOnlySpan<char> rest, int digits, out int value)
    {
        value = 0;
        bool found = rest.Length >= digits
            && int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out value);
        rest = found ? rest[digits..] : rest;
        return found;
    }
}
