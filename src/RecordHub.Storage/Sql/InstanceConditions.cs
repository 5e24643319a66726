using System.Globalization;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Turns a search's matching keys into SQL conditions on instances (PS3.4 §C.2.2.2).</summary>
internal sealed class InstanceConditions
{
    private static readonly char[] s_listSeparators = ['\\', ','];

    // A date and the time that makes it a moment (PS3.4 §C.2.2.2.5.4).
    private static readonly (string Date, string Time)[] s_moments =
    [
        ("StudyDate", "StudyTime"), ("SeriesDate", "SeriesTime"),
        ("PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime"),
    ];

    private readonly Dialect _dialect;
    private readonly InstanceQuery _query;
    private readonly IReadOnlyList<string>? _names;
    private readonly List<string> _ofSeries = [];
    private readonly List<string> _ofInstance = [];
    private bool _namesInstances;
    private readonly List<(string Name, SqlValue Value)> _parameters = [];

    /// <param name="dialect">The engine's words.</param>
    /// <param name="query">The search.</param>
    /// <param name="names">The names that it matches, see <see cref="InstanceNames"/>; null when they are not known.</param>
    /// <exception cref="ArgumentException">A keyword is none that instances are searched by.</exception>
    internal InstanceConditions(Dialect dialect, InstanceQuery query, IReadOnlyList<string>? names = null)
    {
        _dialect = dialect;
        _names = names;
        _query = query;
        _parameters.AddRange(Scope.Parameters(dialect, query.Scope));
        _parameters.Add(("$site", query.Site));
        List<KeyValuePair<string, string>> matches = [.. query.Matches];
        foreach ((string date, string time) in s_moments)
        {
            if (query.CombinesDateAndTime && Take(matches, date, time) is var (dates, times))
            {
                AddMoment(date, dates, time, times);
            }
        }

        foreach ((string keyword, string value) in matches)
        {
            AddMatch(keyword, value);
        }
    }

    internal IReadOnlyList<(string Name, SqlValue Value)> Parameters => _parameters;

    /// <summary>
    /// What <see cref="Sql"/> is asked of, as the alias <c>i</c>: rows of series where they have all that is asked for, as
    /// there are far fewer of them, and otherwise instances.
    /// </summary>
    internal string From => _query is { Level: not InstanceLevel.Instance, Site: null } && _ofInstance.Count == 0
        ? "series i" : FromInstances;

    /// <summary>Instances, whatever the level.</summary>
    internal string FromInstances => Among(string.Empty);

    /// <summary>
    /// What a page of instances, case by case, is asked of: as each series that matches has one at least that does, the first
    /// of them are in as many series.
    /// </summary>
    internal string FromFirst => Among(_ofInstance.Count > 0 || _query.Site is not null
        ? string.Empty : "ORDER BY i.case_number, i.study_uid, i.series_uid LIMIT $limit + $offset");

    internal string Sql => string.Join(" AND ", [Scope.Condition(_dialect, _query, "i"), .. _ofSeries, .. _ofInstance]);

    // Instances are found by their own UID, or by their series: no index of theirs has anything else of them.
    private string Among(string some) => _namesInstances || _ofSeries.Count == 0
        ? "instance i"
        : $"""
          (SELECT DISTINCT i.case_number, i.study_uid, i.series_uid FROM series i
            WHERE {string.Join(" AND ", [Scope.Condition(_dialect, _query.Scope, "i.case_number"), .. _ofSeries])} {some}) p
          JOIN instance i ON {InstanceRows.IsIn("i", "p")}
          """;

    /// <summary>Adds one key. An empty value or one of only <c>*</c> matches everything (universal matching).</summary>
    private void AddMatch(string keyword, string value)
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
            _ofSeries.Add(InStudy(pattern));
            return;
        }

        _namesInstances |= keyword == "SOPInstanceUID";
        string name = "i." + column.Column;
        (column.IsOfSeries ? _ofSeries : _ofInstance).Add(column.Kind switch
        {
            MatchKind.Uid => _dialect.In(name, Bind(_dialect.List(Split(pattern, s_listSeparators)))),
            MatchKind.Date => Range(name, pattern.Replace(".", string.Empty, StringComparison.Ordinal), 8, "0", "9"),
            MatchKind.Time => Range(
                TimeOf(name), pattern.Replace(":", string.Empty, StringComparison.Ordinal), 6, "0", "9"),
            MatchKind.Number => Number(name, pattern),
            MatchKind.Name when _query.FuzzyMatching => Words(pattern),
            MatchKind.Name => Name(pattern),
            MatchKind.Words => Pattern($"lower({name})", pattern.ToLowerInvariant()),
            MatchKind.Code => Any(name, pattern, s_listSeparators),
            _ => Any(name, pattern, '\\'),
        });
    }

    private string InStudy(string modalities)
    {
        string from = _query.Site is null
            ? "series m WHERE m.study_uid = i.study_uid"
            : $"series o JOIN instance m ON {InstanceRows.IsIn("m", "o")} WHERE o.study_uid = i.study_uid";
        string there = _query.AcrossCases ? Scope.Condition(_dialect, _query, "m") : "m.case_number = i.case_number";
        return $"EXISTS (SELECT 1 FROM {from} AND {there} AND {Any("m.modality", modalities, s_listSeparators)})";
    }

    /// <summary>Both values out of the list; null when one is missing or matches everything, as they then stand alone.</summary>
    private static (string Date, string Time)? Take(
        List<KeyValuePair<string, string>> matches, string dateKeyword, string timeKeyword)
    {
        int date = matches.FindIndex(match => match.Key == dateKeyword && !IsUniversal(match.Value));
        int time = matches.FindIndex(match => match.Key == timeKeyword && !IsUniversal(match.Value));
        if (date < 0 || time < 0)
        {
            return null;
        }

        (string, string) taken = (matches[date].Value, matches[time].Value);
        matches.RemoveAll(match => match.Key == dateKeyword || match.Key == timeKeyword);
        return taken;
    }

    private static bool IsUniversal(string value) => value.AsSpan().Trim(" *\0").IsEmpty;

    private void AddMoment(string dateKeyword, string dates, string timeKeyword, string times)
    {
        string date = ColumnOf(dateKeyword);
        (string fromDate, string toDate) = Ends(dates.Replace(".", string.Empty, StringComparison.Ordinal));
        (string fromTime, string toTime) = Ends(times.Replace(":", string.Empty, StringComparison.Ordinal));
        string moment = $"({date} || {TimeOf($"coalesce({ColumnOf(timeKeyword)}, '')")})";
        string from = fromDate.Length == 0
            ? "TRUE"
            : $"{moment} >= {Bind(Fill(fromDate, 8, "0") + Fill(fromTime, 6, "0"))}";
        string to = toDate.Length == 0
            ? "TRUE"
            : $"{moment} <= {Bind(Fill(toDate, 8, "9") + Fill(toTime, 6, "9"))}";
        _ofSeries.Add($"({date} IS NOT NULL AND {from} AND {to})");
    }

    private static string ColumnOf(string keyword) =>
        "i." + InstanceColumn.All.First(column => column.Keyword == keyword).Column;

    private static string TimeOf(string column) => $"substr(replace({column}, ':', '') || '000000', 1, 6)";

    private static string[] Split(string list, params char[] separators) =>
        list.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string Any(string column, string list, params char[] separators) =>
        $"({string.Join(" OR ", Split(list, separators).Select(value => Pattern(column, value)).DefaultIfEmpty("FALSE"))})";

    private string Pattern(string column, string value) =>
        value.AsSpan().ContainsAny('*', '?') ? _dialect.Like(column, Bind(_dialect.Pattern(value))) : $"{column} = {Bind(value)}";

    private string Name(string pattern) => _names is { } names
        ? _dialect.In("i.patient_name_folded", Bind(_dialect.List(names)))
        : _dialect.Like("i.patient_name_folded", Bind(InstanceNames.PatternOf(_dialect, pattern) ?? _dialect.Pattern("*")));

    // Each word asked for begins a word of the name, in any order.
    private string Words(string pattern)
    {
        string[] words = FoldedName.Split(pattern.Replace('*', ' ').Replace('?', ' '));
        return words.Length == 0
            ? "TRUE"
            : string.Join(" AND ", words.Select(word => _dialect.Contains("i.patient_name_words", Bind($" {word}"))));
    }

    // "a-b", "a-", "-b" or one value; a shorter one stands for all that begins with it.
    private string Range(string column, string pattern, int length, string lowest, string highest)
    {
        (string low, string high) = Ends(pattern);
        string from = low.Length == 0 ? "TRUE" : $"{column} >= {Bind(Fill(low, length, lowest))}";
        string to = high.Length == 0 ? "TRUE" : $"{column} <= {Bind(Fill(high, length, highest))}";
        return $"({column} IS NOT NULL AND {from} AND {to})";
    }

    private static (string Low, string High) Ends(string pattern)
    {
        int dash = pattern.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (pattern, pattern) : (pattern[..dash].Trim(), pattern[(dash + 1)..].Trim());
    }

    private static string Fill(string value, int length, string with) =>
        value.Length >= length ? value[..length] : value.PadRight(length, with[0]);

    private string Number(string column, string pattern) =>
        long.TryParse(pattern, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? $"{column} = {Bind(number)}"
            : "FALSE";

    private string Bind(SqlValue value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"$m{_parameters.Count}");
        _parameters.Add((name, value));
        return name;
    }
}
