using RecordHub.Core.Identity;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>What hospitals make of a person's name and birth date.</summary>
internal static class CohortErrors
{
    private static readonly Dictionary<string, string> s_shortForms = new(StringComparer.Ordinal)
    {
        ["James"] = "Jim",
        ["Robert"] = "Bob",
        ["Michael"] = "Mike",
        ["William"] = "Bill",
        ["Elizabeth"] = "Liz",
        ["Thomas"] = "Tom",
        ["Christina"] = "Tina",
        ["Daniel"] = "Dan",
        ["Patricia"] = "Pat",
        ["Jennifer"] = "Jenny",
        ["Barbara"] = "Barb",
        ["Susan"] = "Sue",
        ["Peter"] = "Pete",
        ["David"] = "Dave",
    };

    internal static string OtherWriting(SampleRandom random, string name) => random.Next(4) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.Replace("ü", "ue", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ä", "ae", StringComparison.Ordinal).ToUpperInvariant(),
        2 => name.Replace("ü", "u", StringComparison.Ordinal).Replace("ö", "o", StringComparison.Ordinal)
            .Replace("ä", "a", StringComparison.Ordinal).Replace('-', ' '),
        _ => name.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal),
    };

    internal static string TypingError(SampleRandom random, string name)
    {
        int at = 1 + random.Next(name.Length - 1);
        return random.Next(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, name[at].ToString()),
            _ => at + 1 < name.Length ? $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}" : name[..^1],
        };
    }

    internal static string? ShortForm(string given) => s_shortForms.GetValueOrDefault(given);

    internal static PartialDate? Swapped(PartialDate date) =>
        date.Day <= 12 && date.Day != date.Month ? new PartialDate(date.Year, date.Day, date.Month) : null;

    internal static PartialDate Digit(SampleRandom random, PartialDate date)
    {
        int day = date.Day + (random.Next(2) == 0 ? 1 : 10);
        return random.Next(3) == 0 ? date with { Year = date.Year + 1, Day = date.Month == 2 ? Math.Min(date.Day, 28) : date.Day }
            : date with { Day = day <= 28 ? day : Math.Max(date.Day - 1, 1) };
    }
}
