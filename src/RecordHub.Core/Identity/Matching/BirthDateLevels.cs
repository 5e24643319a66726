namespace RecordHub.Core.Identity.Matching;

/// <summary>How far two birth dates agree.</summary>
internal static class BirthDateLevels
{
    private const int MonthsOfAYear = 12;

    internal static MatchLevel Of(PartialDate? claimed, PartialDate? known)
    {
        if (claimed is not { } a || known is not { } b)
        {
            return MatchLevel.Unsaid;
        }

        // Only components that both sides say are compared.
        bool month = a.Month != 0 && b.Month != 0;
        bool day = month && a.Day != 0 && b.Day != 0;
        int differing = (a.Year != b.Year ? 1 : 0) + (month && a.Month != b.Month ? 1 : 0) + (day && a.Day != b.Day ? 1 : 0);
        return differing switch
        {
            0 => day ? MatchLevel.Exact : month ? MatchLevel.YearAndMonth : MatchLevel.Year,
            1 when day => IsOneDigit(a, b) ? MatchLevel.OneDigit : MatchLevel.OneComponent,
            2 when day && IsSwapped(a, b) => MatchLevel.Swapped,
            1 => MatchLevel.OneComponent,
            _ => MatchLevel.Different,
        };
    }

    /// <summary>
    /// A date that may mean one of two days agrees to the year where either of them is the known one, and else as far as the
    /// nearer of them does.
    /// </summary>
    internal static MatchLevel Of(Person claimed, PartialDate? known)
    {
        MatchLevel level = Of(claimed.BirthDate, known);
        if (level != MatchLevel.Year || claimed.BirthDateReadings.Count == 0 || known is not { Day: > 0 })
        {
            return level;
        }

        MatchLevel[] levels = [.. claimed.BirthDateReadings.Select(day => Of(day, known))];
        return levels.Contains(MatchLevel.Exact) ? MatchLevel.Year
            : levels.Contains(MatchLevel.OneDigit) ? MatchLevel.OneDigit
            : levels.Contains(MatchLevel.OneComponent) ? MatchLevel.OneComponent
            : MatchLevel.Different;
    }

    private static bool IsSwapped(PartialDate a, PartialDate b) =>
        a.Year == b.Year && a.Day == b.Month && a.Month == b.Day && a.Day <= MonthsOfAYear && b.Day <= MonthsOfAYear;

    // Father and son may share the day: another decade is another person's, but for the year before or after.
    private static bool IsOneDigit(PartialDate a, PartialDate b) => a.Year != b.Year
        ? a.Year / 10 == b.Year / 10 || IsNext(a.Year, b.Year)
        : OneDigit(a.Month, b.Month) && OneDigit(a.Day, b.Day);

    private static bool OneDigit(int a, int b) => a == b || a / 10 == b / 10 || a % 10 == b % 10 || IsNext(a, b);

    private static bool IsNext(int a, int b) => Math.Abs(a - b) == 1;
}
