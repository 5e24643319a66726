using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// What is given along with matches: what they refer to, and what refers to them, as far as the scope of the search has it
/// (R4 search.html §include).
/// </summary>
internal static class IncludedResources
{
    /// <summary>Resources given along with one page at most.</summary>
    internal const int Most = 1000;

    internal static async ValueTask<ResourcePage> AddAsync(
        Session session, ResourceQuery query, ResourcePage page, IReadOnlyList<long> keys)
    {
        Dictionary<(string, string), ResourceVersion> found = [];
        HashSet<(string, string)> matches = [.. page.Matches.Select(match => (match.Type, match.Id))];
        foreach (ResourceInclude include in query.Includes)
        {
            foreach ((string sql, (string, SqlValue)[] parameters) in Selects(session.Dialect, include, page.Matches, keys))
            {
                foreach (ResourceVersion one in await session.QueryAsync(
                    $"""
                    SELECT {ResourceRows.Columns} FROM resource r
                    WHERE r.deleted = 0 AND {Scope.ResourceCondition(session.Dialect, query.Scope)}
                      AND {session.Dialect.InSelected("r.key", sql)}
                    ORDER BY r.seq LIMIT {Most + page.Matches.Count + 1}
                    """,
                    ResourceRows.ToVersion,
                    [.. parameters, .. Scope.Parameters(session.Dialect, query.Scope)]).ConfigureAwait(false))
                {
                    if (!matches.Contains((one.Type, one.Id)))
                    {
                        found.TryAdd((one.Type, one.Id), one);
                    }
                }
            }
        }

        return page with { Included = [.. found.Values.Take(Most)], IsIncludeCut = found.Count > Most };
    }

    // The keys of what is to be given along; of the matches only those that may have, or be, what is referred to.
    private static IEnumerable<(string Sql, (string, SqlValue)[] Parameters)> Selects(
        Dialect dialect, ResourceInclude include, IReadOnlyList<ResourceVersion> matches, IReadOnlyList<long> keys)
    {
        string kind = $"x.parameter = $parameter AND x.kind = {(int)IndexKind.Reference}";
        if (!include.IsReverse)
        {
            yield return (
                $"""
                SELECT t.key FROM resource_index x JOIN resource t ON t.type = x.system AND t.id = x.value
                WHERE {dialect.In("x.resource", "$keys")} AND {kind}{(include.Target is null ? string.Empty : " AND x.system = $target")}
                """,
                [
                    ("$parameter", include.Parameter), ("$target", include.Target),
                    ("$keys", dialect.List(keys.Where((_, i) => matches[i].Type == include.Source))),
                ]);
            yield break;
        }

        foreach (IGrouping<string, ResourceVersion> ofType in matches.GroupBy(match => match.Type)
            .Where(group => include.Target is null || group.Key == include.Target))
        {
            yield return (
                $"""
                SELECT x.resource FROM resource_index x
                WHERE x.type = $source AND {kind} AND {dialect.In("x.value", "$ids")} AND x.system = $target
                """,
                [
                    ("$source", include.Source), ("$parameter", include.Parameter), ("$target", ofType.Key),
                    ("$ids", dialect.List(ofType.Select(match => match.Id))),
                ]);
        }
    }
}
