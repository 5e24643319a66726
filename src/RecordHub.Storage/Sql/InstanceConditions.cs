using System.Globalization;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Turns QIDO-RS matching keys into SQL conditions on instances (PS3.4 §C.2.2.2).</summary>
internal sealed class InstanceConditions(Dialect dialect)
{
    private static readonly char[] s_listSeparators = ['\\', ','];

    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _parameters = [];

    internal IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    internal string Sql => _conditions.Count == 0 ? "TRUE" : string.Join(" AND ", _conditions);

    /// <summary>Adds a condition of our own.</summary>
    internal void Add(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }

    /// <summary>Adds one key. An empty value or one of only <c>*</c> matches everything (universal matching).</summary>
    /// <exception cref="ArgumentException">The keyword is none that instances are searched by.</exception>
    internal void AddMatch(string keyword, string value, bool fuzzy)
    {
        string pattern = value.Trim(' ', '\0');
        bool modalities = keyword == "ModalitiesInStudy";
        InstanceColumn column = InstanceColumn.All.FirstOrDefault(one => one.Keyword == (modalities ? "Modality" : keyword))
            ?? throw new ArgumentException($"Instances are not searched by {keyword}.", nameof(keyword));
        if (pattern.All(static c => c == '*'))
        {
            return;
        }

        if (modalities)
        {
            string any = Any("m.modality", pattern, Pattern);
            _conditions.Add(
                $"EXISTS (SELECT 1 FROM instance m WHERE m.case_number = i.case_number AND m.study_uid = i.study_uid AND {any})");
            return;
        }

        string name = "i." + column.Column;
        _conditions.Add(column.Kind switch
        {
            MatchKind.Uid => Any(name, pattern, Equal),
            MatchKind.Date => Range(name, pattern.Replace(".", string.Empty, StringComparison.Ordinal), 8, "0", "9"),
            MatchKind.Time => Range(
                $"substr(replace({name}, ':', '') || '000000', 1, 6)",
                pattern.Replace(":", string.Empty, StringComparison.Ordinal), 6, "0", "9"),
            MatchKind.Number => Number(name, pattern),
            MatchKind.Name when fuzzy => Words(pattern),
            MatchKind.Name => Name(pattern),
            MatchKind.Words => Pattern($"lower({name})", pattern.ToLowerInvariant()),
            _ => Any(name, pattern, Pattern),
        });
    }

    private static string Any(string column, string list, Func<string, string, string> one)
    {
        string[] values = list.Split(s_listSeparators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"({string.Join(" OR ", values.Select(value => one(column, value)).DefaultIfEmpty("FALSE"))})";
    }

    private string Equal(string column, string value) => $"{column} = {Bind(value)}";

    private string Pattern(string column, string value) =>
        value.AsSpan().ContainsAny('*', '?') ? dialect.Like(column, Bind(dialect.Pattern(value))) : Equal(column, value);

    private string Name(string pattern)
    {
        string folded = FhirText.Fold(pattern).TrimEnd('^');
        return dialect.Like("i.patient_name_folded", Bind(dialect.Pattern($"*={folded}=*")));
    }

    // Each word asked for begins a word of the name, in any order.
    private string Words(string pattern)
    {
        string[] words = FoldedName.Split(pattern.Replace('*', ' ').Replace('?', ' '));
        return words.Length == 0
            ? "TRUE"
            : string.Join(" AND ", words.Select(word => dialect.Contains("i.patient_name_words", Bind($" {word}"))));
    }

    // "a-b", "a-", "-b" or one value; a shorter one stands for all that begins with it.
    private string Range(string column, string pattern, int length, string lowest, string highest)
    {
        int dash = pattern.IndexOf('-', StringComparison.Ordinal);
        string low = dash < 0 ? pattern : pattern[..dash];
        string high = dash < 0 ? pattern : pattern[(dash + 1)..];
        string from = low.Length == 0 ? "TRUE" : $"{column} >= {Bind(Fill(low, length, lowest))}";
        string to = high.Length == 0 ? "TRUE" : $"{column} <= {Bind(Fill(high, length, highest))}";
        return $"({column} IS NOT NULL AND {from} AND {to})";
    }

    private static string Fill(string value, int length, string with) =>
        value.Length >= length ? value[..length] : value.PadRight(length, with[0]);

    private string Number(string column, string pattern) =>
        long.TryParse(pattern, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? $"{column} = {Bind(number)}"
            : "FALSE";

    private string Bind(object value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"$m{_parameters.Count}");
        _parameters.Add((name, value));
        return name;
    }
}
