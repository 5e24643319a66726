using System.Globalization;
using RecordHub.Core.Access;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Turns a FHIR search into SQL conditions on the alias <c>r</c> of resources (R4 search.html).</summary>
internal sealed class ResourceConditions
{
    private const double ApproximationShare = 0.1;

    private readonly List<string> _conditions = ["r.deleted = 0"];
    private readonly List<(string Name, SqlValue Value)> _parameters = [];
    private readonly long _now;
    private readonly AccessScope _scope;

    private readonly Dialect _dialect;

    internal ResourceConditions(Dialect dialect, ResourceQuery query, long now)
    {
        _dialect = dialect;
        _now = now;
        _scope = query.Scope;
        _conditions.Add(Scope.ResourceCondition(dialect, query.Scope));
        _parameters.AddRange(Scope.Parameters(dialect, query.Scope));
        string types = AddAll(query.Types);
        string indexed = query.Types.Count == 0 ? string.Empty : $"x.type IN ({types}) AND ";
        if (query.Types.Count > 0)
        {
            // Then by the keys of the few that a filter finds, and not through all of the type: SQLite would prefer the index of the order.
            _conditions.Add($"{(query.Filters.Any(IsSelective) ? "r.type || ''" : "r.type")} IN ({types})");
        }

        if (query.PatientId is { } patient)
        {
            string id = Add(patient);

            // Each by an index of its own: over three columns at once there is none, and all of the type would be looked at.
            _conditions.Add(dialect.InSelected(
                "r.key",
                $"""
                SELECT key FROM resource WHERE deleted = 0 AND patient_id = {id}
                UNION ALL SELECT key FROM resource WHERE type = 'Patient' AND id = {id}
                UNION ALL SELECT key FROM resource WHERE deleted = 0 AND patient_id IS NULL AND type <> 'Patient'
                  AND case_number IN (SELECT number FROM case_file WHERE patient_id = {id})
                """));
        }

        foreach (ResourceFilter filter in query.Filters)
        {
            _conditions.Add(Filter(filter, indexed));
        }
    }

    internal string Sql => string.Join(" AND ", _conditions);

    internal IReadOnlyList<(string Name, SqlValue Value)> Parameters => _parameters;

    /// <summary>Whether a filter leaves few of many: those of one patient, or with one number.</summary>
    private static bool IsSelective(ResourceFilter filter) => !filter.IsNegated && (filter.Chained is not null
        || filter.Values.All(value => value is FilterValue.Reference
            || (value is FilterValue.Token { Code: not null } && filter.Parameter == "identifier")));

    /// <summary>These rows alone, of those that the conditions hold for.</summary>
    internal void Narrow(IEnumerable<long> keys) => _conditions.Add(_dialect.In("r.key", Add(_dialect.List(keys))));

    internal string Add(SqlValue value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"$p{_parameters.Count}");
        _parameters.Add((name, value));
        return name;
    }

    private string Filter(ResourceFilter filter, string indexed) => filter.Chained is { } chained
        ? Chain(filter, chained, indexed)
        : $"{(filter.IsNegated ? "NOT " : string.Empty)}({string.Join(" OR ", filter.Values.Select(value => Filter(filter.Parameter, value, indexed)))})";

    // What a reference leads to is looked at within the scope only: nothing of another case can be asked out through it.
    private string Chain(ResourceFilter filter, ResourceFilter chained, string indexed)
    {
        string types = AddAll(filter.ChainedTypes);
        string type = chained is { Parameter: not ("_id" or "_lastUpdated"), IsNegated: false } && !chained.Values.Any(value => value is FilterValue.Missing)
            ? "r.type || ''" : "r.type";
        return $"""
            r.key IN (SELECT x.resource FROM resource_index x WHERE {indexed}x.parameter = {Add(filter.Parameter)}
              AND x.kind = {(int)IndexKind.Reference} AND x.system IN ({types}) AND x.value IN (
                SELECT r.id FROM resource r WHERE {type} IN ({types}) AND r.deleted = 0
                  AND {Scope.ResourceCondition(_dialect, _scope)} AND {Filter(chained, $"x.type IN ({types}) AND ")}))
            """;
    }

    private string AddAll(IEnumerable<string> values) => string.Join(", ", values.Select(value => Add(value)));

    private string Filter(string parameter, FilterValue value, string indexed) => parameter switch
    {
        "_id" or "_lastUpdated" when value is FilterValue.Missing missing => missing.IsMissing ? "FALSE" : "TRUE",
        "_id" => $"r.id = {Add(IdOf(value))}",
        "_lastUpdated" when value is FilterValue.Date date => Date(date, "r.last_updated", "r.last_updated"),
        _ when value is FilterValue.Missing missing => Missing(parameter, missing.IsMissing),
        _ => $"r.key IN (SELECT x.resource FROM resource_index x WHERE {indexed}x.parameter = {Add(parameter)} AND {Value(value)})",
    };

    private static string IdOf(FilterValue value) => value switch
    {
        FilterValue.Token token => token.Code ?? string.Empty,
        FilterValue.Reference reference => reference.Id,
        FilterValue.Text text => text.Folded,
        FilterValue.Uri uri => uri.Value,
        _ => string.Empty,
    };

    private string Missing(string parameter, bool isMissing) =>
        $"{(isMissing ? "NOT " : string.Empty)}EXISTS (SELECT 1 FROM resource_index x WHERE x.resource = r.key AND x.parameter = {Add(parameter)})";

    private string Value(FilterValue value) => value switch
    {
        FilterValue.Token token => Token(token),
        FilterValue.Reference { Type: { } type } reference =>
            $"x.kind = {(int)IndexKind.Reference} AND x.value = {AddText(reference.Id)} AND x.system = {Add(type)}",
        FilterValue.Reference reference => $"x.kind = {(int)IndexKind.Reference} AND x.value = {AddText(reference.Id)}",
        FilterValue.Date date => $"x.kind = {(int)IndexKind.Date} AND x.low IS NOT NULL AND {Date(date, "x.low", "x.high")}",
        FilterValue.Text text => $"x.kind = {(int)IndexKind.String} AND {Text(text.Folded, text.Match)}",
        FilterValue.Uri uri => $"x.kind = {(int)IndexKind.Uri} AND x.value = {AddText(uri.Value)}",
        _ => throw new ArgumentException("A filter value that this parameter does not have.", nameof(value)),
    };

    private string Token(FilterValue.Token token)
    {
        string code = token.Code is null ? string.Empty : $" AND x.value = {AddText(token.Code)}";
        string system = token.System switch
        {
            null => string.Empty,
            "" => " AND COALESCE(x.system, '') = ''",
            _ => $" AND x.system = {Add(token.System)}",
        };
        return $"x.kind = {(int)IndexKind.Token}{code}{system}";
    }

    private string Text(string folded, TextMatch match) => match switch
    {
        TextMatch.Exact => $"x.value = {AddText(folded)}",
        TextMatch.Contains => _dialect.Contains("x.value", AddText(folded)),
        _ => $"x.value >= {AddText(folded)} AND x.value < {Add(IndexText.Of(folded) + IndexText.LastCharacter)}",
    };

    // The stored value is a range [low, high]; so is what is searched for (R4 search.html §prefix).
    private string Date(FilterValue.Date date, string low, string high)
    {
        string from = Add(date.Low);
        string to = Add(date.High);
        string within = $"({low} >= {from} AND {high} <= {to})";
        return date.Prefix switch
        {
            DatePrefix.Equal => within,
            DatePrefix.NotEqual => $"NOT {within}",
            DatePrefix.GreaterThan => $"{high} > {to}",
            DatePrefix.LessThan => $"{low} < {from}",
            DatePrefix.GreaterOrEqual => $"({high} > {to} OR {within})",
            DatePrefix.LessOrEqual => $"({low} < {from} OR {within})",
            DatePrefix.StartsAfter => $"{low} > {to}",
            DatePrefix.EndsBefore => $"{high} < {from}",
            _ => Approximately(date, low, high),
        };
    }

    // Within a tenth of the time between now and the value, as the standard suggests.
    private string Approximately(FilterValue.Date date, string low, string high)
    {
        long gap = (long)(Math.Abs((double)_now - date.Low) * ApproximationShare);
        return $"({low} <= {Add(date.High + gap)} AND {high} >= {Add(date.Low - gap)})";
    }

    // As far as the index holds it.
    private string AddText(string value) => Add(IndexText.Of(value));
}
