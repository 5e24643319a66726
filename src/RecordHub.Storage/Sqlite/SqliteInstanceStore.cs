using System.Runtime.CompilerServices;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>The DICOM instances of cases.</summary>
internal sealed class SqliteInstanceStore(SqliteDatabase database, StorageOptions options, TimeProvider time)
    : IInstanceStore
{
    private const int Together = 128;

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredInstance>> ReadStudyAsync(StudyKey study, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredInstance>>(
            session => session.Query(
                $"""
                SELECT {InstanceRows.Columns} FROM instance i WHERE i.case_number = $case AND i.study_uid = $study
                ORDER BY i.series_uid, i.sop_uid, i.data_set
                """,
                InstanceRows.ToInstance, ("$case", study.Case.Value), ("$study", study.StudyInstanceUid)),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StudyDelivery>> ReadDeliveriesAsync(StudyKey study, CancellationToken cancellationToken)
    {
        (string from, string to) = InstanceWrite.KeysOf(study);
        return database.ReadAsync<IReadOnlyList<StudyDelivery>>(
            session => session.Query(
                """
                SELECT i.source ->> 'Door', i.source ->> 'Site', i.source ->> 'Sender', MIN(i.received_at),
                  MAX(i.received_at), COUNT(*)
                FROM filed f JOIN item i ON i.id = f.item_id
                WHERE f.kind = 'instance' AND f.key >= $from AND f.key < $to
                GROUP BY 1, 2, 3
                """,
                InstanceRows.ToDelivery, ("$from", from), ("$to", to)),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task SaveStudyAsync(
        StudyKey study, RebuiltStudy rebuilt, long generation, CancellationToken cancellationToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        long again = now + (long)options.StudyDelay.TotalMilliseconds;
        return database.WriteAsync(
            session =>
            {
                StudyWrite.Save(session, study, rebuilt, now);
                OutboxRows.Complete(session, OutboxTopic.Study, OutboxRows.KeyOf(study), generation, again);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<InstanceMatch>> QueryAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(session => InstanceSearch.Run(session, query), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredInstance> RetrieveAsync(
        string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, AccessScope scope,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The rows' numbers first: what is found is found at one moment, and no read stays open while bytes are sent.
        List<long> rows = await database.ReadAsync(
            session => session.Query(
                $"""
                SELECT i.seq FROM instance i WHERE i.study_uid = $study
                  AND ($series IS NULL OR i.series_uid = $series) AND ($sop IS NULL OR i.sop_uid = $sop)
                  AND {Scope.Condition(scope, "i.case_number")}
                ORDER BY i.series_uid, i.sop_uid, i.data_set, i.case_number
                """,
                static row => row.GetInt64(0), ("$study", studyInstanceUid), ("$series", seriesInstanceUid),
                ("$sop", sopInstanceUid), Scope.Parameter(scope)),
            cancellationToken).ConfigureAwait(false);
        foreach (long[] some in rows.Chunk(Together))
        {
            List<StoredInstance> instances = await database.ReadAsync(
                session => session.Query(
                    $"""
                    SELECT {InstanceRows.Columns} FROM instance i WHERE i.seq IN (SELECT value FROM json_each($rows))
                    ORDER BY i.series_uid, i.sop_uid, i.data_set, i.case_number
                    """,
                    InstanceRows.ToInstance, ("$rows", StoredJson.Of(some))),
                cancellationToken).ConfigureAwait(false);
            foreach (StoredInstance instance in instances)
            {
                yield return instance;
            }
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, int>> CountByStudyAsync(
        CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, int>>(
            session => session.Query(
                "SELECT study_uid, COUNT(*) FROM instance WHERE case_number = $case GROUP BY study_uid",
                static row => (Study: row.GetString(0), Count: row.GetInt32(1)), ("$case", number.Value))
                .ToDictionary(one => one.Study, one => one.Count, StringComparer.Ordinal),
            cancellationToken);
}
