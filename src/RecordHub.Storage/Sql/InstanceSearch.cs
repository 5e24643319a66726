using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>A search in SQL. As QIDO-RS has it, case by case: finds the studies, series or instances first, then counts what is in each.</summary>
internal static class InstanceSearch
{
    internal static async ValueTask<IReadOnlyList<InstanceMatch>> RunAsync(Session session, InstanceQuery query)
    {
        InstanceConditions conditions = new(
            session.Dialect, query, await InstanceNames.FindAsync(session, query).ConfigureAwait(false));
        (string, SqlValue)[] parameters =
            [.. conditions.Parameters, ("$limit", query.Limit + 1), ("$offset", query.Offset)];
        (string sql, Func<Row, InstanceMatch> map) = query.Level switch
        {
            _ when query.AcrossCases => (InstanceGroups.Sql(session.Dialect, query, conditions), InstanceGroups.ToMatch),
            InstanceLevel.Patient => throw new ArgumentException("Patients are searched across cases.", nameof(query)),
            InstanceLevel.Study => (Studies(session.Dialect, conditions), ToStudy),
            InstanceLevel.Series => (Series(session.Dialect, conditions), ToSeries),
            _ => (Instances(session.Dialect, conditions), (Func<Row, InstanceMatch>)ToInstance),
        };
        return await session.QueryAsync(sql, map, parameters).ConfigureAwait(false);
    }

    private static string Studies(Dialect dialect, InstanceConditions conditions) =>
        $"""
        SELECT {InstanceRows.Columns}, s.series_count, s.instance_count, s.modalities FROM (
          SELECT k.case_number, k.study_uid,
            (SELECT COUNT(DISTINCT c.series_uid) FROM series c
              WHERE c.case_number = k.case_number AND c.study_uid = k.study_uid) AS series_count,
            (SELECT COUNT(*) FROM instance c
              WHERE c.case_number = k.case_number AND c.study_uid = k.study_uid) AS instance_count,
            (SELECT {dialect.Distinct("c.modality")} FROM series c
              WHERE c.case_number = k.case_number AND c.study_uid = k.study_uid AND c.modality IS NOT NULL) AS modalities,
            (SELECT c.seq FROM instance c
              WHERE c.case_number = k.case_number AND c.study_uid = k.study_uid
              ORDER BY c.sop_uid, c.data_set LIMIT 1) AS sample
          FROM ({dialect.Page(conditions.From, "i.case_number, i.study_uid", conditions.Sql)}) k
        ) s JOIN instance i ON i.seq = s.sample ORDER BY s.case_number, s.study_uid
        """;

    private static string Series(Dialect dialect, InstanceConditions conditions) =>
        $"""
        SELECT {InstanceRows.Columns}, s.instance_count FROM (
          SELECT k.case_number, k.study_uid, k.series_uid,
            (SELECT COUNT(*) FROM instance c WHERE c.case_number = k.case_number AND c.study_uid = k.study_uid
              AND c.series_uid = k.series_uid) AS instance_count,
            (SELECT c.seq FROM instance c WHERE c.case_number = k.case_number AND c.study_uid = k.study_uid
              AND c.series_uid = k.series_uid ORDER BY c.sop_uid, c.data_set LIMIT 1) AS sample
          FROM ({dialect.Page(conditions.From, "i.case_number, i.study_uid, i.series_uid", conditions.Sql)}) k
        ) s JOIN instance i ON i.seq = s.sample ORDER BY s.case_number, s.study_uid, s.series_uid
        """;

    private static string Instances(Dialect dialect, InstanceConditions conditions) =>
        $"""
        SELECT {InstanceRows.Columns}
        FROM ({dialect.Page(conditions.FromFirst, "i.case_number, i.study_uid, i.series_uid, i.sop_uid, i.data_set, i.seq", conditions.Sql)}) k
        JOIN instance i ON i.seq = k.seq
        ORDER BY k.case_number, k.study_uid, k.series_uid, k.sop_uid, k.data_set
        """;

    private static InstanceMatch ToStudy(Row row) => new()
    {
        Sample = InstanceRows.ToInstance(row),
        NumberOfSeries = row.GetInt32(InstanceRows.Count),
        NumberOfInstances = row.GetInt32(InstanceRows.Count + 1),
        ModalitiesInStudy =
            [.. StoredJson.ToLines(row.GetString(InstanceRows.Count + 2)).Order(StringComparer.Ordinal)],
    };

    private static InstanceMatch ToSeries(Row row) => new()
    {
        Sample = InstanceRows.ToInstance(row),
        NumberOfInstances = row.GetInt32(InstanceRows.Count),
    };

    private static InstanceMatch ToInstance(Row row) => new()
    {
        Sample = InstanceRows.ToInstance(row),
        NumberOfInstances = 1,
    };
}
