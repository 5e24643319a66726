using System.Globalization;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Cases;

/// <summary>FHIR dates of any precision (R4 datatypes.html §dateTime), so far as they are compared and shown. Pure.</summary>
internal static class ClinicalDate
{
    /// <summary>The first instant that the date covers; a time without an offset is taken as UTC.</summary>
    internal static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null)
        {
            return false;
        }

        if (!text.Contains('T', StringComparison.Ordinal))
        {
            bool valid = PartialDate.TryParse(text, out PartialDate date);
            instant = valid
                ? new DateTimeOffset(date.Year, Math.Max(date.Month, 1), Math.Max(date.Day, 1), 0, 0, 0, TimeSpan.Zero)
                : default;
            return valid;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    /// <summary>The day, for people.</summary>
    internal static string Day(string text) => text.Length > 10 ? text[..10] : text;

    /// <summary>The newest of some dates; null when none can be read.</summary>
    internal static DateTimeOffset? Newest(IEnumerable<string?> dates)
    {
        DateTimeOffset? newest = null;
        foreach (string? text in dates)
        {
            newest = TryRead(text, out DateTimeOffset one) && (newest is null || one > newest) ? one : newest;
        }

        return newest;
    }
}
