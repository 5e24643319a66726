using System.Globalization;
using System.Text.RegularExpressions;

namespace RecordHub.Server.Dicom;

/// <summary>
/// What a key may ask for (PS3.4 §C.2.2.2). What can match nothing is said to be wrong: "nothing found" would be believed. Pure.
/// </summary>
internal static partial class MatchingValue
{
    private const string Day = @"([0-9]{4}(\.?[0-9]{2}(\.?[0-9]{2})?)?)";
    private const string Moment = @"([0-9]{2}(:?[0-9]{2}(:?[0-9]{2}(\.[0-9]{1,6})?)?)?)";

    /// <summary>What the key takes, when a value is none that can be matched; null when it is one. Short: an Error Comment has 64 characters.</summary>
    public static string? WhyNot(string keyword, string value)
    {
        string text = value.Trim(' ', '\0');
        return text.All(static c => c == '*') || Fits(keyword, text) ? null
            : IsNumber(keyword) ? "one whole number"
            : keyword.EndsWith("UID", StringComparison.Ordinal) ? "UIDs without wild cards"
            : keyword.EndsWith("Date", StringComparison.Ordinal) ? "one date or range, YYYYMMDD"
            : "one time or range, HHMMSS";
    }

    private static bool Fits(string keyword, string text) =>
        keyword.EndsWith("Date", StringComparison.Ordinal) ? Dates().IsMatch(text)
        : keyword.EndsWith("Time", StringComparison.Ordinal) ? Times().IsMatch(text)
        : keyword.EndsWith("UID", StringComparison.Ordinal) ? !text.AsSpan().ContainsAny('*', '?')
        : !IsNumber(keyword) || long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsNumber(string keyword) =>
        keyword is "SeriesNumber" or "InstanceNumber" or "Rows" or "Columns" or "NumberOfFrames";

    // One value, or two ends of which one may be missing; what is shorter stands for all that begins with it.
    [GeneratedRegex($@"^({Day}?( ?- ?{Day}?)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dates();

    [GeneratedRegex($@"^({Moment}?( ?- ?{Moment}?)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Times();
}
