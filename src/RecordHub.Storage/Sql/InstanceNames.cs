using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// The names that instances carry and that a search by PatientName matches. There are far fewer names than instances, and an
/// index gives each once: so a pattern that may begin with a wildcard is compared with names, and not with a million rows.
/// </summary>
internal static class InstanceNames
{
    // With more of them the search finds enough instances soon by going through them in its own order.
    private const int Most = 200;

    // Of a name of several groups each may match, so these are looked at apart from those that begin as the pattern does.
    private const string HasSeveralGroups = "patient_name_folded LIKE '=%=%=%'";

    /// <summary>
    /// The names, as instances have them; null when the search is by none or by several, or when they are too many to be named.
    /// </summary>
    internal static async ValueTask<IReadOnlyList<string>?> FindAsync(Session session, InstanceQuery query)
    {
        string[] asked = [.. query.Matches.Where(match => match.Key == "PatientName").Select(match => match.Value)];
        if (query.FuzzyMatching || asked is not [string name] || PatternOf(session.Dialect, name) is not { } pattern)
        {
            return null;
        }

        string beginning = "=" + GroupsOf(name)[0].Split('*', '?')[0];
        HashSet<string> names = beginning == "="
            ? [.. await FindAsync(session, pattern, "TRUE").ConfigureAwait(false)]
            :
            [
                .. await FindAsync(
                    session, pattern, "patient_name_folded >= $from AND patient_name_folded < $to",
                    ("$from", beginning), ("$to", beginning + IndexText.LastCharacter)).ConfigureAwait(false),
                .. await FindAsync(session, pattern, HasSeveralGroups).ConfigureAwait(false),
            ];
        return names.Count > Most ? null : [.. names];
    }

    private static ValueTask<List<string>> FindAsync(
        Session session, string pattern, string among, params (string, SqlValue)[] parameters) => session.QueryAsync(
        $"""
        WITH RECURSIVE names(name) AS (
          SELECT MIN(patient_name_folded) FROM series WHERE {among}
          UNION ALL
          SELECT (SELECT MIN(patient_name_folded) FROM series WHERE patient_name_folded > names.name AND {among})
          FROM names WHERE names.name IS NOT NULL)
        SELECT name FROM names WHERE name IS NOT NULL AND {session.Dialect.Like("name", "$pattern")} LIMIT {Most + 1}
        """,
        static row => row.GetString(0), [("$pattern", pattern), .. parameters]);

    /// <summary>The pattern that a name as it is kept is compared with; null when it matches everything.</summary>
    internal static string? PatternOf(Dialect dialect, string value)
    {
        string[] groups = GroupsOf(value);
        return groups.All(static group => group.All(static c => c == '*'))
            ? null : dialect.Pattern($"*{string.Join('*', groups.Select(static group => $"={group}="))}*");
    }

    private static string[] GroupsOf(string value) =>
    [
        .. FhirText.Fold(value.Trim(' ', '\0')).Split('=')
            .Select(static group => group.TrimEnd('^', ' ')).Where(static group => group.Length > 0),
    ];
}
