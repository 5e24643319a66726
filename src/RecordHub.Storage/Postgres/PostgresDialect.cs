using System.Globalization;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Postgres;

/// <summary>PostgreSQL's words.</summary>
internal sealed class PostgresDialect : Dialect
{
    internal static PostgresDialect Instance { get; } = new();

    internal override string RowLock => " FOR UPDATE";

    internal override string RowLockSkippingHeld => " FOR UPDATE SKIP LOCKED";

    internal override string RowShare => " FOR SHARE";

    // Otherwise what was asked for a few times is planned once, for values that are as rare as the average one.
    internal override string PlanForValues => "SET LOCAL plan_cache_mode = force_custom_plan";

    internal override string In(string column, string parameter) => $"{column} = ANY({parameter})";

    internal override SqlValue List(IEnumerable<string> values) => values.ToArray();

    internal override SqlValue List(IEnumerable<long> values) => values.ToArray();

    internal override string InBytes(string column, string parameter) => In(column, parameter);

    internal override SqlValue List(IEnumerable<byte[]> values) => values.ToArray();

    internal override string InSelected(string column, string query) => $"{column} = ANY(ARRAY({query}))";

    // How many rows meet the condition is a guess. Where it is far too high, going through all rows in order looks good, and
    // reads the whole table; so a few are looked for in any order first, and are sorted if that was all of them.
    internal override string Page(string from, string columns, string condition)
    {
        const int few = 5000;
        string page = $"ORDER BY {columns} LIMIT $limit OFFSET $offset";
        return $"""
            WITH few AS MATERIALIZED (SELECT {columns} FROM {from} WHERE {condition} LIMIT {few + 1})
            (SELECT DISTINCT {columns} FROM few i WHERE (SELECT COUNT(*) FROM few) <= {few} {page})
            UNION ALL
            (SELECT DISTINCT {columns} FROM {from} WHERE (SELECT COUNT(*) FROM few) > {few} AND {condition} {page})
            """;
    }

    internal override string Like(string column, string parameter) => $"{column} LIKE {parameter}";

    internal override string Pattern(string wildcards) => wildcards
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal)
        .Replace('*', '%')
        .Replace('?', '_');

    internal override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    internal override string Member(string column, string name) => $"{column}::json ->> '{name}'";

    internal override string Distinct(string column) => $"COALESCE(json_agg(DISTINCT {column})::text, '[]')";

    internal override string Character(int number) => string.Create(CultureInfo.InvariantCulture, $"chr({number})");

    internal override string Hex(string column) => $"encode({column}, 'hex')";
}
