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

        List<string> names = await session.QueryAsync(
            $"""
            WITH RECURSIVE names(name) AS (
              SELECT MIN(patient_name_folded) FROM instance
              UNION ALL
              SELECT (SELECT MIN(patient_name_folded) FROM instance WHERE patient_name_folded > names.name)
              FROM names WHERE names.name IS NOT NULL)
            SELECT name FROM names WHERE name IS NOT NULL AND {session.Dialect.Like("name", "$pattern")} LIMIT {Most + 1}
            """,
            static row => row.GetString(0), ("$pattern", pattern)).ConfigureAwait(false);
        return names.Count > Most ? null : names;
    }

    /// <summary>The pattern that a name as it is kept is compared with; null when it matches everything.</summary>
    internal static string? PatternOf(Dialect dialect, string value)
    {
        string pattern = value.Trim(' ', '\0');
        return pattern.All(static c => c == '*') ? null : dialect.Pattern($"*={FhirText.Fold(pattern).TrimEnd('^')}=*");
    }
}
