using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;

namespace RecordHub.Cli.Import;

/// <summary>How a person reads an import: what is the same is said once, with how often.</summary>
internal sealed class ImportReport
{
    /// <summary>Begins the reason of a file that a DICOMDIR names and that is not there.</summary>
    public const string MissingFile = "listed-in-dicomdir-and-missing";

    private const int MostRows = 60;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Outcome, string Folder, string Kind, string Reason, long? Case), (int Count, string Name)> _groups = [];

    public void Add(IReadOnlyList<ImportLine> lines)
    {
        lock (_lock)
        {
            foreach (ImportLine line in lines)
            {
                string reason = line.Warnings.Count == 0
                    ? line.Reason
                    : $"{line.Reason} ({string.Join(", ", line.Warnings)})".TrimStart();
                var key = (line.Outcome, Path.GetDirectoryName(line.Path) ?? string.Empty, line.Kind, reason, line.Case);
                (int count, string name) = _groups.GetValueOrDefault(key, (0, Path.GetFileName(line.Path)));
                _groups[key] = (count + 1, name);
            }
        }
    }

    public void Write(CommandOutput output, ImportTally tally, bool dryRun)
    {
        var rows = _groups
            .OrderBy(group => Order(group.Key.Outcome))
            .ThenBy(group => group.Key.Folder, StringComparer.Ordinal)
            .ThenBy(group => group.Value.Name, StringComparer.Ordinal)
            .ToList();
        output.Table(["Outcome", "Files", "Kind", "Where", "Reason"], rows.Take(MostRows).Select(IReadOnlyList<string> (group) =>
        [
            dryRun ? "would be " + group.Key.Outcome : group.Key.Outcome,
            group.Value.Count.ToString(CultureInfo.InvariantCulture),
            group.Key.Kind,
            group.Value.Count == 1 ? Path.Combine(group.Key.Folder, group.Value.Name) : group.Key.Folder,
            group.Key.Case is { } number ? $"case {number}. {group.Key.Reason}" : group.Key.Reason,
        ]));
        if (rows.Count > MostRows)
        {
            output.Line($"… and {rows.Count - MostRows} more kinds of outcome; --json has a line for each record.");
        }

        string counts = string.Join(", ", tally.Summary.Where(pair => pair.Value > 0).Select(pair => $"{pair.Value} {pair.Key}"));
        string time = tally.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        output.Line($"{tally.Files} files in {time} s{(dryRun ? " would be" : string.Empty)}: {(counts.Length == 0 ? "nothing found" : counts)}.{(dryRun ? " Nothing was changed." : string.Empty)}");
        int missing = _groups.Where(group => group.Key.Reason.StartsWith(MissingFile, StringComparison.Ordinal)).Sum(group => group.Value.Count);
        if (missing > 0)
        {
            output.Line($"{missing} files that a DICOMDIR names are not there: ask for a whole copy of the medium.");
        }

        if (tally.Parts > 0)
        {
            output.Line($"{tally.Parts} records could not be read as a whole: the reasons name what is missing; ask for it again, or in another form.");
        }

        if (tally.Alerts > 0)
        {
            output.Line(
                $"Attention: {tally.Alerts} of these were sent for a case and name somebody else. They are held and in no case: "
                + "check which patient and which case number were chosen (recordhub inbox alerts).");
        }

        if (!dryRun && tally.Summary[ImportOutcomes.Held] + tally.Summary[ImportOutcomes.Conflict] > 0)
        {
            output.Line("Next: recordhub inbox list");
        }
    }

    // What needs a person stands at the top.
    private static int Order(string outcome) => outcome switch
    {
        ImportOutcomes.Conflict => 0,
        ImportOutcomes.Held => 1,
        ImportOutcomes.Rejected => 2,
        ImportOutcomes.Filed => 3,
        ImportOutcomes.Duplicate => 4,
        _ => 5,
    };
}
