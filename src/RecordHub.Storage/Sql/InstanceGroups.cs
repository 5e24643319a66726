using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// C-FIND in SQL: what is in several cases is one match. Finds the patients, studies, series or instances first, then
/// counts what the caller may see of each.
/// </summary>
internal static class InstanceGroups
{
    internal static string Sql(Dialect dialect, InstanceQuery query, InstanceConditions conditions)
    {
        string[] keys = KeysOf(query.Level);
        string identified = query.Level == InstanceLevel.Patient ? " AND i.patient_id IS NOT NULL" : string.Empty;
        string same = string.Join(" AND ", keys.Select(Same));
        return $"""
            SELECT {InstanceRows.Columns}, s.studies, s.series, s.instances, s.modalities FROM (
              SELECT {Of("k", keys)}, COUNT(DISTINCT c.study_uid) AS studies, COUNT(DISTINCT c.series_uid) AS series,
                COUNT(DISTINCT c.sop_uid) AS instances, {dialect.Distinct("coalesce(c.modality, '')")} AS modalities,
                MIN(c.seq) AS sample
              FROM ({dialect.Page(conditions.Table, Of("i", keys), conditions.Sql + identified)}) k
              JOIN instance c ON {same} AND {Scope.Condition(dialect, query, "c")}
              GROUP BY {Of("k", keys)}
            ) s JOIN instance i ON i.seq = s.sample ORDER BY {Of("s", keys)}
            """;
    }

    internal static InstanceMatch ToMatch(Row row) => new()
    {
        Sample = InstanceRows.ToInstance(row),
        NumberOfStudies = row.GetInt32(InstanceRows.Count),
        NumberOfSeries = row.GetInt32(InstanceRows.Count + 1),
        NumberOfInstances = row.GetInt32(InstanceRows.Count + 2),
        ModalitiesInStudy = [.. StoredJson.ToLines(row.GetString(InstanceRows.Count + 3))
            .Where(modality => modality.Length > 0).Order(StringComparer.Ordinal)],
    };

    // Two people may have one identifier at two hospitals: they are told apart by who they are here.
    private static string[] KeysOf(InstanceLevel level) => level switch
    {
        InstanceLevel.Patient => ["patient", "patient_id", "issuer_of_patient_id"],
        InstanceLevel.Study => ["study_uid"],
        InstanceLevel.Series => ["study_uid", "series_uid"],
        _ => ["study_uid", "series_uid", "sop_uid"],
    };

    private static string Same(string key) => key == "issuer_of_patient_id"
        ? $"coalesce(c.{key}, '') = coalesce(k.{key}, '')"
        : $"c.{key} = k.{key}";

    private static string Of(string alias, string[] keys) => string.Join(", ", keys.Select(key => $"{alias}.{key}"));
}
