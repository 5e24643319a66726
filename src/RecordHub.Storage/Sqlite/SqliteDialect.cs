using System.Globalization;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Sqlite;

/// <summary>SQLite's words. Its one writer needs no lock on rows.</summary>
internal sealed class SqliteDialect : Dialect
{
    internal static SqliteDialect Instance { get; } = new();

    internal override string RowLock => string.Empty;

    internal override string RowLockSkippingHeld => string.Empty;

    internal override string RowShare => string.Empty;

    // Its plans know nothing of values, nor of how many rows there are.
    internal override string? PlanForValues => null;

    internal override string In(string column, string parameter) =>
        $"{column} IN (SELECT value FROM json_each({parameter}))";

    internal override SqlValue List(IEnumerable<string> values) => StoredJson.Of([.. values]);

    internal override SqlValue List(IEnumerable<long> values) => StoredJson.Of([.. values]);

    internal override string InBytes(string column, string parameter) =>
        $"{column} IN (SELECT unhex(value) FROM json_each({parameter}))";

    internal override SqlValue List(IEnumerable<byte[]> values) => StoredJson.Of([.. values.Select(Convert.ToHexString)]);

    internal override string InSelected(string column, string query) => $"{column} IN ({query})";

    internal override string Page(string from, string columns, string condition) =>
        $"SELECT DISTINCT {columns} FROM {from} WHERE {condition} ORDER BY {columns} LIMIT $limit OFFSET $offset";

    internal override string Like(string column, string parameter) => $"{column} GLOB {parameter}";

    // GLOB has the same wildcards, and brackets besides.
    internal override string Pattern(string wildcards) => wildcards.Replace("[", "[[]", StringComparison.Ordinal);

    internal override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    internal override string Member(string column, string name) => $"{column} ->> '{name}'";

    internal override string Distinct(string column) => $"json_group_array(DISTINCT {column})";

    internal override string Character(int number) => string.Create(CultureInfo.InvariantCulture, $"char({number})");

    internal override string Hex(string column) => $"lower(hex({column}))";
}
