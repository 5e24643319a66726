using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RecordHub.Documents.Subjects;

/// <summary>Dates as people write them. 03/04/1965 may be March or April: then only the year is known.</summary>
internal static partial class FreeDate
{
    private static readonly FrozenDictionary<string, int> s_months = Months();

    // The year before the first of each era; none where years are counted as everywhere.
    private static readonly FrozenDictionary<string, int> s_eras = new Dictionary<string, int>
    {
        [string.Empty] = 0,
        ["明治"] = 1867,
        ["大正"] = 1911,
        ["昭和"] = 1925,
        ["平成"] = 1988,
        ["令和"] = 2018,
        ["民國"] = 1911,
        ["民国"] = 1911,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryParse(string text, bool dayFirst, [NotNullWhen(true)] out DocumentDate? date)
    {
        date = null;
        string written = text.Trim();
        written = written.Length > 40 ? written[..40] : written;
        Match match = Numeric().Match(written);
        if (match.Success)
        {
            date = FromNumbers(match, dayFirst);
            return date is not null;
        }

        match = Eastern().Match(written);
        if (match.Success)
        {
            date = Make(match.Value, s_eras[match.Groups["era"].Value] + Number(match, "year"), Number(match, "month"), Number(match, "day"));
            return date is not null;
        }

        match = Worded().Match(written);
        if (match.Success && s_months.TryGetValue(match.Groups["month"].Value.TrimEnd('.').ToLowerInvariant(), out int month))
        {
            date = Make(match.Value, Number(match, "year"), month, Number(match, "day"));
        }

        return date is not null;
    }

    /// <summary>Both days that a date of which only the year is known may mean, as it is written; none for others.</summary>
    internal static IReadOnlyList<DateOnly> Readings(DocumentDate date)
    {
        Match match = date.Precision == DatePrecision.Year ? Numeric().Match(date.Text) : Match.Empty;
        return !match.Success || match.Groups["iso"].Success
            ? []
            : [.. new[]
            {
                Make(match.Value, Number(match, "year"), Number(match, "a"), Number(match, "b")),
                Make(match.Value, Number(match, "year"), Number(match, "b"), Number(match, "a")),
            }.OfType<DocumentDate>().Select(one => DateOnly.FromDateTime(one.Local))];
    }

    private static DocumentDate? FromNumbers(Match match, bool dayFirst)
    {
        if (match.Groups["iso"].Success)
        {
            return Make(match.Value, Number(match, "isoyear"), Number(match, "isomonth"), Number(match, "isoday"));
        }

        int first = Number(match, "a");
        int second = Number(match, "b");
        int year = Number(match, "year");
        bool european = dayFirst || match.Groups["sep"].Value == ".";
        if (first == second || (first > 12 && second <= 12) || (european && second <= 12))
        {
            return Make(match.Value, year, second, first);
        }

        if (second > 12 && first <= 12)
        {
            return Make(match.Value, year, first, second);
        }

        return first is >= 1 and <= 12 && second is >= 1 and <= 12 && year > 0
            ? new DocumentDate(match.Value, new DateTime(year, 1, 1), DatePrecision.Year)
            : null;
    }

    private static DocumentDate? Make(string written, int year, int month, int day) =>
        year is > 0 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DocumentDate(written, new DateTime(year, month, day), DatePrecision.Day)
            : null;

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static FrozenDictionary<string, int> Months()
    {
        string[] names =
        [
            "january|jan|januar|jänner|janvier|janv|enero|ene|gennaio|gen|januari|января|janeiro|ianuarie|stycznia|ledna|ocak",
            "february|feb|februar|février|fevrier|févr|febrero|febbraio|februari|февраля|fevereiro|februarie|lutego|února|şubat",
            "march|mar|märz|maerz|mars|marzo|maart|марта|março|martie|marca|března|mart",
            "april|apr|avril|avr|abril|aprile|abr|апреля|aprilie|kwietnia|dubna|nisan",
            "may|mai|mayo|maggio|mei|мая|maio|maj|maja|května|mayıs",
            "june|jun|juni|juin|junio|giugno|июня|junho|iunie|czerwca|června|haziran",
            "july|jul|juli|juillet|juil|julio|luglio|июля|julho|iulie|lipca|července|temmuz",
            "august|aug|août|aout|agosto|ago|augustus|августа|augusti|sierpnia|srpna|ağustos",
            "september|sep|sept|septembre|septiembre|settembre|сентября|setembro|septembrie|września|září|eylül",
            "october|oct|oktober|okt|octobre|octubre|ottobre|октября|outubro|octombrie|października|října|ekim",
            "november|nov|novembre|noviembre|ноября|noiembrie|listopada|listopadu|kasım",
            "december|dec|dezember|dez|décembre|decembre|déc|diciembre|dic|dicembre|декабря|dezembro|decembrie|grudnia|prosince|aralık",
        ];
        return names.SelectMany((all, index) => all.Split('|').Select(name => (name, index)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.index + 1, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^(?:(?<iso>(?<isoyear>[0-9]{4})[-/.]\s?(?<isomonth>[0-9]{1,2})[-/.]\s?(?<isoday>[0-9]{1,2}))|(?<a>[0-9]{1,2})(?<sep>[./-])\s?(?<b>[0-9]{1,2})[./-]\s?(?<year>[0-9]{4}))(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"^(?<era>明治|大正|昭和|平成|令和|民[國国])?\s?(?<year>[0-9]{1,4})\s?[年년]\s?(?<month>[0-9]{1,2})\s?[月월]\s?(?<day>[0-9]{1,2})(?![0-9])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Eastern();

    [GeneratedRegex(@"^(?:(?<day>[0-9]{1,2})(?:st|nd|rd|th|\.|er)?[\s-](?:de\s)?(?<month>\p{L}{3,10})\.?[\s-]?,?\s?(?:de\s)?(?<year>[0-9]{4})|(?<month>\p{L}{3,10})\.?\s(?<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s(?<year>[0-9]{4}))(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Worded();
}
