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
        string page = dialect.Page(conditions.From, Of("i", keys), conditions.Sql + identified);
        string scope = Scope.Condition(dialect, query, "c");
        (string instances, string sample, string rows) = query switch
        {
            { Level: InstanceLevel.Instance } =>
                ("COUNT(DISTINCT c.sop_uid)", "MIN(c.seq)", $"instance c ON {Same("c", keys)}"),
            { Site: not null } => (
                "COUNT(DISTINCT c.sop_uid)", "MIN(c.seq)",
                $"series p ON {Same("p", keys)} JOIN instance c ON {InstanceRows.IsIn("c", "p")} AND {Same("c", keys)}"),
            _ => (
                query.CountsInstances ? Instances(dialect, query, keys) : "0", First(dialect, query, keys),
                $"series c ON {Same("c", keys)}"),
        };
        return $"""
            SELECT {InstanceRows.Columns}, s.studies, s.series, s.instances, s.modalities FROM (
              SELECT {Of("k", keys)}, COUNT(DISTINCT c.study_uid) AS studies, COUNT(DISTINCT c.series_uid) AS series,
                {instances} AS instances, {dialect.Distinct("coalesce(c.modality, '')")} AS modalities, {sample} AS sample
              FROM ({page}) k JOIN {rows} AND {scope}
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

    private static string Instances(Dialect dialect, InstanceQuery query, string[] keys) =>
        $"""
        (SELECT COUNT(DISTINCT n.sop_uid) FROM series p JOIN instance n ON {InstanceRows.IsIn("n", "p")} AND {Same("n", keys)}
          WHERE {Same("p", keys)} AND {Scope.Condition(dialect, query, "p")})
        """;

    // Of the first series its first: to know which was filed first, all would be read.
    private static string First(Dialect dialect, InstanceQuery query, string[] keys) =>
        $"""
        (SELECT (SELECT n.seq FROM instance n WHERE {InstanceRows.IsIn("n", "p")} AND {Same("n", keys)}
            ORDER BY n.sop_uid, n.data_set LIMIT 1)
          FROM series p WHERE {Same("p", keys)} AND {Scope.Condition(dialect, query, "p")}
          ORDER BY p.case_number, p.study_uid, p.series_uid LIMIT 1)
        """;

    // As those of the page, k.
    private static string Same(string alias, string[] keys) => string.Join(" AND ", keys.Select(key => key == "issuer_of_patient_id"
        ? $"coalesce({alias}.{key}, '') = coalesce(k.{key}, '')"
        : $"{alias}.{key} = k.{key}"));

    private static string Of(string alias, string[] keys) => string.Join(", ", keys.Select(key => $"{alias}.{key}"));
}
