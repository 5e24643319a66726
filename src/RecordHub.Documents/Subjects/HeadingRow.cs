using System.Buffers;
using System.Text.RegularExpressions;

namespace RecordHub.Documents.Subjects;

/// <summary>
/// A row of a table that has labels and no values, with the rows below it: "Name | Date of birth | MRN". It counts where it
/// labels more than a name and speaks of nobody else; rows of two people say two things, which is no answer.
/// </summary>
internal sealed class HeadingRow
{
    private const int MostCells = 12;
    private const int MostOfCell = 60;

    private static readonly SearchValues<char> s_rule = SearchValues.Create("-|+:=_ \t");

    private readonly Match?[] _labels;
    private bool _hasEnded;

    private HeadingRow(Match?[] labels) => _labels = labels;

    /// <summary>Null when the line is none.</summary>
    public static HeadingRow? Find(string line)
    {
        string[] cells = Cells(line);
        if (cells.Length is < 2 or > MostCells || cells.Any(cell => cell.Length > MostOfCell || cell.Any(char.IsDigit))
            || SubjectLabels.Others().IsMatch(line))
        {
            return null;
        }

        Match?[] labels = [.. cells.Select(LabelOf)];
        bool isOfPatient = labels.Count(label => label is not null) >= 2
            && labels.Any(label => label is not null && (label.Groups["born"].Success || label.Groups["id"].Success));
        return isOfPatient ? new HeadingRow(labels) : null;
    }

    /// <summary>Whether a line is one of its rows: as many cells that have no labels of their own, or a rule between them.</summary>
    public bool IsAbove(string line)
    {
        _hasEnded |= !IsRule(line) && (Cells(line).Length != _labels.Length || line.Contains(": ", StringComparison.Ordinal));
        return !_hasEnded;
    }

    /// <summary>Gives each value of one of its rows with its label; none of the heading itself.</summary>
    public void Values(string line, Action<Match, string> take)
    {
        string[] cells = Cells(line);
        if (IsRule(line) || cells.Length != _labels.Length || cells.Any(cell => LabelOf(cell) is not null))
        {
            return;
        }

        for (int i = 0; i < cells.Length; i++)
        {
            if (_labels[i] is { } label && cells[i].Length > 0)
            {
                take(label, cells[i]);
            }
        }
    }

    // A label with nothing before or after it.
    private static Match? LabelOf(string cell)
    {
        string labelled = cell.TrimEnd(':', ' ') + ":";
        Match match = SubjectLabels.All().Match(labelled);
        return match.Success && match.Index == 0 && match.Length == labelled.Length && !match.Groups["regarding"].Success ? match : null;
    }

    private static string[] Cells(string line)
    {
        string row = line.Trim();
        bool isFramed = row.Length > 2 && row[0] == '|' && row[^1] == '|';
        row = isFramed ? row[1..^1] : row;
        return [.. (row.Contains('|', StringComparison.Ordinal) ? row.Split('|')
            : row.Contains('\t', StringComparison.Ordinal) ? row.Split('\t') : row.Split("  ", StringSplitOptions.RemoveEmptyEntries))
            .Select(cell => cell.Trim(' ', '\t', '*'))];
    }

    private static bool IsRule(string line) => !line.AsSpan().ContainsAnyExcept(s_rule);
}
