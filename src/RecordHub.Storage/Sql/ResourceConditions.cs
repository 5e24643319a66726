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
            // But by type and id there is an index.
            bool byFilter = query.Filters.Any(IsSelective) && !query.Filters.Any(filter => filter is { Parameter: "_id", IsNegated: false });
            _conditions.Add($"{(byFilter ? "r.type || ''" : "r.type")} IN ({types})");
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

        // Where few are left by one of them, the others are asked of each of these, and not of all that there are.
        bool isOfFew = query.PatientId is not null || query.Filters.Any(LeavesFew);
        foreach (ResourceFilter filter in query.Filters)
        {
            _conditions.Add(Filter(filter, indexed, ofEach: isOfFew && !LeavesFew(filter)));
        }
    }

    internal string Sql => string.Join(" AND ", _conditions);

    internal IReadOnlyList<(string Name, SqlValue Value)> Parameters => _parameters;

    /// <summary>Whether it is soon known what a filter leaves, and that is mostly not all.</summary>
    private static bool IsSelective(ResourceFilter filter) => LeavesFew(filter) || (filter.Chained is not null && !filter.IsNegated);

    /// <summary>Whether a filter leaves few of many: those of one patient, or with one number.</summary>
    private static bool LeavesFew(ResourceFilter filter) => !filter.IsNegated && (filter.Chained is { } chained ? LeavesFew(chained)
        : filter.Values.Count > 0 && filter.Values.All(value => value is FilterValue.Reference
            || (value is FilterValue.Token { Code: not null } && (filter.Parameter == "_id" || IsOfIdentifiers(filter.Parameter)))));

    private static bool IsOfIdentifiers(string parameter) =>
        parameter is "identifier" or "identifier:of-type" || parameter.EndsWith(":identifier", StringComparison.Ordinal);

    /// <summary>These rows alone, of those that the conditions hold for.</summary>
    internal void Narrow(IEnumerable<long> keys) => _conditions.Add(_dialect.In("r.key", Add(_dialect.List(keys))));

    internal string Add(SqlValue value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"$p{_parameters.Count}");
        _parameters.Add((name, value));
        return name;
    }

    // Of each: by what the index has of the resource that is looked at, else by the resources that the index has of the value.
    private string Filter(ResourceFilter filter, string indexed, bool ofEach) => filter switch
    {
        { ReferringType: { } referring, Chained: { } chained } => Has(filter, referring, chained, ofEach),
        { Chained: { } chained } => ofEach ? ChainOfEach(filter, chained, indexed) : Chain(filter, chained, indexed),
        { AnyOf.Count: > 0 } => $"({string.Join(
            " OR ", filter.AnyOf.Select(all => $"({string.Join(" AND ", all.Select(one => Filter(one, indexed, ofEach)))})"))})",
        _ => $"{(filter.IsNegated ? "NOT " : string.Empty)}({string.Join(
            " OR ", filter.Values.Select(value => Filter(filter.Parameter, value, indexed, ofEach)))})",
    };

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
                  AND {Scope.ResourceCondition(_dialect, _scope)} AND {Filter(chained, $"x.type IN ({types}) AND ", ofEach: false)}))
            """;
    }

    private string ChainOfEach(ResourceFilter filter, ResourceFilter chained, string indexed)
    {
        string types = AddAll(filter.ChainedTypes);
        return $"""
            EXISTS (SELECT 1 FROM resource_index x WHERE x.resource = r.key AND {indexed}x.parameter = {Add(filter.Parameter)}
              AND x.kind = {(int)IndexKind.Reference} AND x.system IN ({types}) AND EXISTS (
                SELECT 1 FROM resource r WHERE r.type = x.system AND r.id = x.value AND r.deleted = 0
                  AND {Scope.ResourceCondition(_dialect, _scope)} AND {Filter(chained, $"x.type IN ({types}) AND ", ofEach: true)}))
            """;
    }

    // What refers is looked at within the scope only, as what is referred to is.
    private string Has(ResourceFilter filter, string referring, ResourceFilter chained, bool ofEach)
    {
        string type = Add(referring);
        string reference = $"""
            x.type = {type} AND x.parameter = {Add(filter.Parameter)} AND x.kind = {(int)IndexKind.Reference}
              AND x.system IN ({AddAll(filter.ChainedTypes)})
            """;
        string holds = $"""
            r.deleted = 0 AND {Scope.ResourceCondition(_dialect, _scope)} AND {Filter(chained, $"x.type = {type} AND ", ofEach)}
            """;
        return ofEach
            ? $"""
              EXISTS (SELECT 1 FROM resource_index x WHERE {reference} AND x.value = r.id AND EXISTS (
                SELECT 1 FROM resource r WHERE r.key = x.resource AND {holds}))
              """
            : $"""
              r.id IN (SELECT x.value FROM resource_index x WHERE {reference} AND x.resource IN (
                SELECT r.key FROM resource r WHERE r.type = {type} AND {holds}))
              """;
    }

    private string AddAll(IEnumerable<string> values) => string.Join(", ", values.Select(value => Add(value)));

    private string Filter(string parameter, FilterValue value, string indexed, bool ofEach) => parameter switch
    {
        "_id" or "_lastUpdated" when value is FilterValue.Missing missing => missing.IsMissing ? "FALSE" : "TRUE",
        "_id" => $"r.id = {Add(IdOf(value))}",
        "_lastUpdated" when value is FilterValue.Date date => Date(date, "r.last_updated", "r.last_updated"),
        _ when value is FilterValue.Missing missing => Missing(parameter, missing.IsMissing),
        _ when ofEach =>
            $"EXISTS (SELECT 1 FROM resource_index x WHERE x.resource = r.key AND x.parameter = {Add(parameter)} AND {Value(value)})",
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
        FilterValue.Quantity quantity =>
            $"x.kind IN ({(int)IndexKind.Number}, {(int)IndexKind.Quantity}) AND x.low IS NOT NULL AND {Quantity(quantity)}{Unit(quantity)}",
        FilterValue.CodedQuantity { Of: { } of, Value: { } quantity } =>
            $"x.kind = {(int)IndexKind.Quantity} AND x.low IS NOT NULL AND {Quantity(quantity)} AND x.value = "
            + $"{AddText(of.Code + QuantityValues.FormOf(quantity.System, quantity.Unit))}{System(of.System)}",
        FilterValue.Text text => $"x.kind = {(int)IndexKind.String} AND {Text(text.Folded, text.Match)}",
        FilterValue.Uri uri => $"x.kind = {(int)IndexKind.Uri} AND x.value = {AddText(uri.Value)}",
        _ => throw new ArgumentException("A filter value that this parameter does not have.", nameof(value)),
    };

    private string Token(FilterValue.Token token)
    {
        string code = token.Code is null ? string.Empty : $" AND x.value = {AddText(token.Code)}";
        return $"x.kind = {(int)IndexKind.Token}{code}{System(token.System)}";
    }

    private string System(string? system) => system switch
    {
        null => string.Empty,
        "" => " AND COALESCE(x.system, '') = ''",
        _ => $" AND x.system = {Add(system)}",
    };

    private string Unit(FilterValue.Quantity quantity) =>
        (quantity.System is null ? string.Empty : $" AND x.system = {Add(quantity.System)}")
        + (quantity.Unit is null ? string.Empty : $" AND x.value = {AddText(quantity.Unit)}");

    // What is about a number is already a range.
    private string Quantity(FilterValue.Quantity quantity) => quantity.Prefix == DatePrefix.Approximately
        ? $"(x.low <= {Add(quantity.High)} AND x.high >= {Add(quantity.Low)})"
        : Date(new FilterValue.Date(quantity.Prefix, quantity.Low, quantity.High), "x.low", "x.high");

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
