using RecordHub.Core.Access;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>The one place where what a caller may see becomes a condition.</summary>
internal static class Scope
{
    /// <summary>Rows of these cases. Without a restriction every row, those of no case too.</summary>
    /// <param name="dialect">The engine's words.</param>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="caseColumn">The column that holds the case number.</param>
    internal static string Condition(Dialect dialect, AccessScope scope, string caseColumn) => All(
        dialect, scope, caseColumn, $"{caseColumn} IN (SELECT number FROM case_file WHERE tenant = $tenant)");

    /// <summary>Rows that have a tenant themselves beside their case.</summary>
    internal static string Condition(Dialect dialect, AccessScope scope, string caseColumn, string tenantColumn) =>
        All(dialect, scope, caseColumn, $"{tenantColumn} = $tenant");

    /// <summary>Instances that a search may find: of these cases, and of the site whose alone are asked for.</summary>
    internal static string Condition(Dialect dialect, InstanceQuery query, string alias)
    {
        string cases = Condition(dialect, query.Scope, alias + ".case_number");
        return query.Site is null
            ? cases
            : $"""
              ({cases} AND EXISTS (SELECT 1 FROM filed f JOIN item t ON t.id = f.item_id
                WHERE f.kind = '{FiledKey.Instance}' AND f.key = {InstanceWrite.KeyOf(dialect, alias)}
                  AND {dialect.Member("t.source", "Site")} = $site))
              """;
    }

    /// <summary>Resources of these cases, and the Patients of these cases.</summary>
    internal static string ResourceCondition(Dialect dialect, AccessScope scope) =>
        scope is { Cases: null, Tenant: null }
            ? "TRUE"
            : $"""
              (({Condition(dialect, scope, "r.case_number")}) OR (r.type = 'Patient' AND r.id IN (
                SELECT patient_id FROM case_file WHERE {Condition(dialect, scope, "number", "tenant")})))
              """;

    internal static (string Name, SqlValue Value)[] Parameters(Dialect dialect, AccessScope scope) =>
    [
        ("$scope", scope.Cases is null ? default : dialect.List(scope.Cases.Select(number => number.Value))),
        ("$tenant", scope.Tenant?.ToString()),
    ];

    private static string All(Dialect dialect, AccessScope scope, string caseColumn, string ofTenant) =>
        (scope.Cases, scope.Tenant) switch
        {
            (null, null) => "TRUE",
            (_, null) => dialect.In(caseColumn, "$scope"),
            (null, _) => ofTenant,
            _ => $"{dialect.In(caseColumn, "$scope")} AND {ofTenant}",
        };
}
