using System.Globalization;

namespace RecordHub.Core.Identity;

/// <summary>A date of which the month and day may be missing (zero).</summary>
public readonly record struct PartialDate(int Year, int Month = 0, int Day = 0)
{
    /// <summary>Reads <c>yyyy[-MM[-dd]]</c> or <c>yyyy[MM[dd]]</c>; false when it is no date of the calendar.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        string digits = text?.Trim().Replace("-", string.Empty, StringComparison.Ordinal) ?? string.Empty;
        if (digits.Length is not (4 or 6 or 8) || !digits.All(char.IsAsciiDigit))
        {
            return false;
        }

        int year = int.Parse(digits.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        int month = digits.Length >= 6 ? int.Parse(digits.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        int day = digits.Length == 8 ? int.Parse(digits.AsSpan(6, 2), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        bool valid = year > 0 && (digits.Length == 4 || month is >= 1 and <= 12)
            && (digits.Length < 8 || (day >= 1 && day <= DateTime.DaysInMonth(year, month)));
        date = valid ? new PartialDate(year, month, day) : default;
        return valid;
    }

    /// <summary>The last day on which somebody can have been born: today, wherever on earth it is the latest.</summary>
    public static PartialDate LatestBirth(DateTimeOffset now)
    {
        DateTimeOffset there = now.ToOffset(TimeSpan.FromHours(14));
        return new PartialDate(there.Year, there.Month, there.Day);
    }

    /// <summary>Whether all that it may mean is after a full date.</summary>
    public bool IsAfter(PartialDate day) =>
        Year != day.Year ? Year > day.Year
        : Month == 0 || Month != day.Month ? Month > day.Month
        : Day > day.Day;

    /// <summary>The FHIR form: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public override string ToString() => this switch
    {
        { Month: 0 } => Year.ToString("D4", CultureInfo.InvariantCulture),
        { Day: 0 } => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}"),
    };
}
