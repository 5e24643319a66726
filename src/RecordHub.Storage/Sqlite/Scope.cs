using RecordHub.Core.Access;

namespace RecordHub.Storage.Sqlite;

/// <summary>The one place where what a caller may see becomes a condition.</summary>
internal static class Scope
{
    /// <summary>Rows of these cases. Without a restriction every row, those of no case too.</summary>
    /// <param name="caseColumn">The column that holds the case number.</param>
    internal static string Condition(AccessScope scope, string caseColumn) => scope.Cases is null
        ? "$scope IS NULL"
        : $"{caseColumn} IN (SELECT value FROM json_each($scope))";

    /// <summary>Resources of these cases, and the Patients of these cases.</summary>
    internal static string ResourceCondition(AccessScope scope) => scope.Cases is null
        ? "$scope IS NULL"
        : """
          (r.case_number IN (SELECT value FROM json_each($scope)) OR (r.type = 'Patient' AND r.id IN (
            SELECT patient_id FROM case_file WHERE number IN (SELECT value FROM json_each($scope)))))
          """;

    internal static (string Name, object? Value) Parameter(AccessScope scope) =>
        ("$scope", scope.Cases is null ? null : StoredJson.Of([.. scope.Cases.Select(number => number.Value)]));
}
