using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>The tallies as the table of docs/identity.md.</summary>
internal static partial class CohortTable
{
    internal const string Header =
        "| Record | own | others' | named case | known identifier | name and birth date | false links | left to a person |\n"
        + "|---|--:|--:|--:|--:|--:|--:|--:|\n";

    internal static string Write(IReadOnlyDictionary<CohortClass, CohortTally> tallies)
    {
        StringBuilder table = new(Header);
        CohortTally all = new();
        foreach ((CohortClass kind, CohortTally tally) in tallies)
        {
            all.Add(tally);
            Row(table, Words().Replace(kind.ToString(), " $1").TrimStart().ToLowerInvariant(), tally);
        }

        Row(table, "**all**", all);
        return table.ToString();
    }

    private static void Row(StringBuilder table, string name, CohortTally tally) => table.Append(
        CultureInfo.InvariantCulture,
        $"| {name} | {tally.Own} | {tally.Others} | {Recall(tally, CohortRoute.Named)} | {Recall(tally, CohortRoute.Identifier)} | {Recall(tally, CohortRoute.NameAndBirthDate)} | {tally.FalseLinks} | {Share(tally.Held, tally.Decisions)} |\n");

    private static string Recall(CohortTally tally, CohortRoute route) =>
        tally.Own == 0 ? "–" : Share(tally.Found[route], tally.Own);

    private static string Share(int part, int whole) =>
        whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    [GeneratedRegex("(?<=.)([A-Z]|64)")]
    private static partial Regex Words();
}
