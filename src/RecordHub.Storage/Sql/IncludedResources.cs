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

    /// <summary>How often what was found is followed further.</summary>
    internal const int MostRounds = 8;

    internal static async ValueTask<ResourcePage> AddAsync(
        Session session, ResourceQuery query, ResourcePage page, IReadOnlyList<long> keys)
    {
        List<Found> last = [.. page.Matches.Zip(keys, static (match, key) => new Found(match, key))];
        HashSet<long> known = [.. keys];
        List<Found> all = [];
        IReadOnlyList<ResourceInclude> includes = query.Includes;
        for (int round = 0; round < MostRounds && includes.Count > 0 && last.Count > 0 && all.Count <= Most; round++)
        {
            List<Found> found = [];
            foreach (ResourceInclude include in includes)
            {
                foreach (Found one in await FindAsync(session, query, include, last, known.Count).ConfigureAwait(false))
                {
                    if (known.Add(one.Key))
                    {
                        found.Add(one);
                    }
                }
            }

            all.AddRange(found);
            last = found;
            includes = [.. query.Includes.Where(include => include.IsIterative)];
        }

        // Whether what was found last leads on is not known, so it is said.
        return page with
        {
            Included = [.. all.Take(Most).Select(one => one.Version)],
            IsIncludeCut = all.Count > Most || (includes.Count > 0 && last.Count > 0),
        };
    }

    private static async ValueTask<List<Found>> FindAsync(
        Session session, ResourceQuery query, ResourceInclude include, IReadOnlyList<Found> from, int known)
    {
        List<Found> found = [];
        foreach ((string sql, (string, SqlValue)[] parameters) in Selects(session.Dialect, include, from))
        {
            found.AddRange(await session.QueryAsync(
                $"""
                SELECT {ResourceRows.Columns}, r.key FROM resource r
                WHERE r.deleted = 0 AND {Scope.ResourceCondition(session.Dialect, query.Scope)}
                  AND {session.Dialect.InSelected("r.key", sql)}
                ORDER BY r.seq LIMIT {Most + known + 1}
                """,
                static row => new Found(ResourceRows.ToVersion(row), row.GetInt64(ResourceRows.Count)),
                [.. parameters, .. Scope.Parameters(session.Dialect, query.Scope)]).ConfigureAwait(false));
        }

        return found;
    }

    // The keys of what is to be given along; of those at hand only the ones that may have, or be, what is referred to.
    private static IEnumerable<(string Sql, (string, SqlValue)[] Parameters)> Selects(
        Dialect dialect, ResourceInclude include, IReadOnlyList<Found> from)
    {
        string kind = $"x.parameter = $parameter AND x.kind = {(int)IndexKind.Reference}";
        if (!include.IsReverse)
        {
            long[] keys = [.. from.Where(one => one.Version.Type == include.Source).Select(one => one.Key)];
            if (keys.Length > 0)
            {
                yield return (
                    $"""
                    SELECT t.key FROM resource_index x JOIN resource t ON t.type = x.system AND t.id = x.value
                    WHERE {dialect.In("x.resource", "$keys")}
                      AND {kind}{(include.Target is null ? string.Empty : " AND x.system = $target")}
                    """,
                    [("$parameter", include.Parameter), ("$target", include.Target), ("$keys", dialect.List(keys))]);
            }

            yield break;
        }

        foreach (IGrouping<string, Found> ofType in from.GroupBy(one => one.Version.Type)
            .Where(group => include.Target is null || group.Key == include.Target))
        {
            yield return (
                $"""
                SELECT x.resource FROM resource_index x
                WHERE x.type = $source AND {kind} AND {dialect.In("x.value", "$ids")} AND x.system = $target
                """,
                [
                    ("$source", include.Source), ("$parameter", include.Parameter), ("$target", ofType.Key),
                    ("$ids", dialect.List(ofType.Select(one => one.Version.Id))),
                ]);
        }
    }

    private readonly record struct Found(ResourceVersion Version, long Key)
    {
        public override string ToString() => nameof(Found);
    }
}
