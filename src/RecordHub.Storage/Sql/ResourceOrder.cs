using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// The order of matches, and the page behind a position in it (R4 search.html §sort). What is equal in all keys comes in the
/// order in which it first came; a change to something else moves nothing, so that pages neither repeat nor lose a match.
/// </summary>
internal sealed class ResourceOrder
{
    private readonly ResourceConditions _conditions;
    private readonly IReadOnlyList<ResourceSort> _keys;

    internal ResourceOrder(ResourceConditions conditions, ResourceQuery query)
    {
        _conditions = conditions;

        // By the number of the change alone there is an index.
        IsByChange = query.Sort is [] or [{ Parameter: "_lastUpdated" }];
        IsDescending = IsByChange && query.Sort is [{ Descending: true }];
        _keys = IsByChange ? [] : query.Sort;
    }

    /// <summary>Whether the order is that of the changes.</summary>
    internal bool IsByChange { get; }

    private bool IsDescending { get; }

    /// <summary>The page: the columns of <see cref="ResourceRows"/>, the key of the row, its number of change, then the values of the keys.</summary>
    internal string Page(string? after, int count)
    {
        string limit = _conditions.Add(count);
        if (IsByChange)
        {
            string behind = after is null ? string.Empty : $" AND r.seq {(IsDescending ? "<" : ">")} {_conditions.Add(Number(after))}";
            return $"""
                SELECT {ResourceRows.Columns}, r.key, r.seq FROM resource r WHERE {_conditions.Sql}{behind}
                ORDER BY r.seq{(IsDescending ? " DESC" : string.Empty)} LIMIT {limit}
                """;
        }

        string values = string.Join(", ", _keys.Select((key, i) => $"{Value(key)} AS k{i}"));
        string order = string.Join(", ", _keys.Select((key, i) => $"o.k{i}{(key.Descending ? " DESC" : string.Empty)}"));
        return $"""
            SELECT {ResourceRows.Columns}, r.key, r.seq, {string.Join(", ", _keys.Select((_, i) => $"o.k{i}"))} FROM (
              SELECT * FROM (SELECT r.key AS key, {values} FROM resource r WHERE {_conditions.Sql}) o
              {(after is null ? string.Empty : "WHERE " + Behind(after))} ORDER BY {order}, o.key LIMIT {limit}
            ) o JOIN resource r ON r.key = o.key ORDER BY {order}, o.key
            """;
    }

    /// <summary>Where the page behind this row begins.</summary>
    internal string PositionOf(Row row) => IsByChange
        ? row.GetInt64(ResourceRows.Count + 1).ToString(CultureInfo.InvariantCulture)
        : JsonSerializer.Serialize<string[]>(
            [
                .. _keys.Select((key, i) => IsText(key)
                    ? row.GetString(ResourceRows.Count + 2 + i)
                    : row.GetInt64(ResourceRows.Count + 2 + i).ToString(CultureInfo.InvariantCulture)),
                row.GetInt64(ResourceRows.Count).ToString(CultureInfo.InvariantCulture),
            ]);

    // (k0 > a OR (k0 = a AND (k1 > b OR (k1 = b AND key > c)))), with < where the greatest come first.
    private string Behind(string after)
    {
        string[] values = JsonSerializer.Deserialize<string[]>(after) is { } read && read.Length == _keys.Count + 1
            ? read
            : throw new ArgumentException("The position is none of this search.", nameof(after));
        string behind = $"o.key > {_conditions.Add(Number(values[^1]))}";
        for (int i = _keys.Count - 1; i >= 0; i--)
        {
            string at = IsText(_keys[i]) ? _conditions.Add(values[i]) : _conditions.Add(Number(values[i]));
            behind = $"(o.k{i} {(_keys[i].Descending ? "<" : ">")} {at} OR (o.k{i} = {at} AND {behind}))";
        }

        return behind;
    }

    // Of several values the first in the direction counts, of a range its beginning; what has none comes last.
    private string Value(ResourceSort key)
    {
        if (key.Parameter == "_id")
        {
            return "r.id";
        }

        if (key.Parameter == "_lastUpdated")
        {
            return "r.seq";
        }

        (string column, string none) = IsText(key)
            ? ("x.value", _conditions.Add(key.Descending ? string.Empty : IndexText.LastCharacter))
            : ("x.low", _conditions.Add(key.Descending ? long.MinValue : long.MaxValue));
        string first = $"{(key.Descending ? "MAX" : "MIN")}({column})";
        return $"COALESCE((SELECT {first} FROM resource_index x WHERE x.resource = r.key AND x.parameter = {_conditions.Add(key.Parameter)}), {none})";
    }

    private static bool IsText(ResourceSort key) =>
        key.Parameter == "_id" || (key.Parameter != "_lastUpdated" && key.Kind is not (IndexKind.Date or IndexKind.Number or IndexKind.Quantity));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
