using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RecordHub.Storage.Postgres;

/// <summary>Our SQL with its <c>$name</c> parameters numbered, as the server wants them; worked out once for each text.</summary>
internal sealed partial record NumberedSql(string Text, IReadOnlyList<string> Names)
{
    // Searches are made of many different conditions, so not every text comes again.
    private const int MostKept = 2048;

    private static readonly ConcurrentDictionary<string, NumberedSql> s_kept = new(StringComparer.Ordinal);

    internal static NumberedSql Of(string sql)
    {
        if (s_kept.TryGetValue(sql, out NumberedSql? kept))
        {
            return kept;
        }

        NumberedSql numbered = Number(sql);
        if (s_kept.Count < MostKept)
        {
            s_kept.TryAdd(sql, numbered);
        }

        return numbered;
    }

    private static NumberedSql Number(string sql)
    {
        List<string> names = [];
        string text = Parameter().Replace(sql, match =>
        {
            if (!names.Contains(match.Value))
            {
                names.Add(match.Value);
            }

            return string.Create(CultureInfo.InvariantCulture, $"${names.IndexOf(match.Value) + 1}");
        });
        return new NumberedSql(text, names);
    }

    [GeneratedRegex(@"\$[a-z_]\w*")]
    private static partial Regex Parameter();
}
