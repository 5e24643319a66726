using RecordHub.Core.Access;

namespace RecordHub.Storage.Sql;

/// <summary>The one place where what a caller may see becomes a condition.</summary>
internal static class Scope
{
    /// <summary>Rows of these cases. Without a restriction every row, those of no case too.</summary>
    /// <param name="dialect">The engine's words.</param>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="caseColumn">The column that holds the case number.</param>
    internal static string Condition(Dialect dialect, AccessScope scope, string caseColumn) =>
        scope.Cases is null ? "TRUE" : dialect.In(caseColumn, "$scope");

    /// <summary>Resources of these cases, and the Patients of these cases.</summary>
    internal static string ResourceCondition(Dialect dialect, AccessScope scope) => scope.Cases is null
        ? "TRUE"
        : $"""
          ({dialect.In("r.case_number", "$scope")} OR (r.type = 'Patient' AND r.id IN (
            SELECT patient_id FROM case_file WHERE {dialect.In("number", "$scope")})))
          """;

    internal static (string Name, object? Value) Parameter(Dialect dialect, AccessScope scope) =>
        ("$scope", scope.Cases is null ? null : dialect.List(scope.Cases.Select(number => number.Value)));
}
