using System.Runtime.CompilerServices;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>The DICOM instances of cases.</summary>
internal sealed class InstanceStore(Database database, StorageOptions options, TimeProvider time)
    : IInstanceStore
{
    private const int Together = 128;
    private const int MostMilliseconds = 1000;

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredInstance>> ReadStudyAsync(StudyKey study, CancellationToken cancellationToken) =>
        ReadStudyAsync(study, InstanceRows.Columns, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredInstance>> ReadStudyFactsAsync(StudyKey study, CancellationToken cancellationToken) =>
        ReadStudyAsync(study, InstanceRows.ColumnsWithoutMetadata, cancellationToken);

    private Task<IReadOnlyList<StoredInstance>> ReadStudyAsync(
        StudyKey study, string columns, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredInstance>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {columns} FROM instance i WHERE i.case_number = $case AND i.study_uid = $study
                ORDER BY i.series_uid, i.sop_uid, i.data_set
                """,
                InstanceRows.ToInstance, ("$case", study.Case.Value), ("$study", study.StudyInstanceUid))
                .ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StudyDelivery>> ReadDeliveriesAsync(StudyKey study, CancellationToken cancellationToken)
    {
        (string from, string to) = InstanceWrite.KeysOf(study);
        return database.ReadAsync<IReadOnlyList<StudyDelivery>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {session.Dialect.Member("i.source", "Door")}, {session.Dialect.Member("i.source", "Site")},
                  {session.Dialect.Member("i.source", "Sender")}, MIN(i.received_at), MAX(i.received_at), COUNT(*)
                FROM filed f JOIN item i ON i.id = f.item_id
                WHERE f.kind = 'instance' AND f.key >= $from AND f.key < $to
                GROUP BY 1, 2, 3
                """,
                InstanceRows.ToDelivery, ("$from", from), ("$to", to)).ConfigureAwait(false),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task SaveStudyAsync(
        StudyKey study, RebuiltStudy rebuilt, long generation, CancellationToken cancellationToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();

        // What grows while it is built waits longer the bigger it is: building it is worth as much work as filing it.
        long again = now + (long)options.StudyDelay.TotalMilliseconds + Math.Min(rebuilt.Instances, MostMilliseconds);
        return database.WriteAsync(
            async session =>
            {
                session.Lock(StudyWrite.Locks(study, rebuilt));
                if (await PurgedCases.AnyAsync(session, [study.Case]).ConfigureAwait(false))
                {
                    return false;
                }

                string key = OutboxRows.KeyOf(study);
                if (!await OutboxRows.IsAskedAsync(session, OutboxTopic.Study, key).ConfigureAwait(false))
                {
                    return false; // Somebody who read it later has saved it: what was read earlier must not replace that.
                }

                await OutboxRows.CompleteAsync(session, OutboxTopic.Study, key, generation, again).ConfigureAwait(false);
                await StudyWrite.SaveAsync(session, study, rebuilt, now).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<InstanceMatch>> QueryAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        database.SearchAsync(session => InstanceSearch.RunAsync(session, query), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<InstancePlace>> LocateAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        database.SearchAsync<IReadOnlyList<InstancePlace>>(
            async session =>
            {
                InstanceConditions conditions = new(session.Dialect, query);
                return await session.QueryAsync(
                    $"""
                    SELECT i.sop_uid, i.sop_class_uid, i.transfer_syntax_uid, i.patient, i.blob, i.length, i.data_set_offset,
                      i.case_number
                    FROM {conditions.FromInstances} WHERE {conditions.Sql} AND i.seq = (SELECT MIN(c.seq) FROM instance c
                      WHERE c.sop_uid = i.sop_uid AND {Scope.Condition(session.Dialect, query, "c")})
                    ORDER BY i.study_uid, i.series_uid, i.instance_number, i.sop_uid LIMIT $limit
                    """,
                    static row => new InstancePlace(
                        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetHash(4),
                        row.GetInt64(5), row.GetInt64(6), row.GetCase(7)),
                    [.. conditions.Parameters, ("$limit", query.Limit + 1)]).ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredInstance> RetrieveAsync(
        string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, AccessScope scope,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The rows' numbers first: what is found is found at one moment, and no read stays open while bytes are sent.
        List<long> rows = await database.ReadAsync(
            session => session.QueryAsync(
                $"""
                SELECT i.seq FROM (SELECT DISTINCT s.case_number, s.study_uid, s.series_uid FROM series s
                  WHERE s.study_uid = $study AND {Scope.Condition(session.Dialect, scope, "s.case_number")}
                    {(seriesInstanceUid is null ? "" : "AND s.series_uid = $series")}) s
                JOIN instance i ON {InstanceRows.IsIn("i", "s")}
                  {(sopInstanceUid is null ? "" : "AND i.sop_uid = $sop")}
                ORDER BY i.series_uid, i.sop_uid, i.data_set, i.case_number
                """,
                static row => row.GetInt64(0),
                [
                    ("$study", studyInstanceUid), ("$series", seriesInstanceUid), ("$sop", sopInstanceUid),
                    .. Scope.Parameters(session.Dialect, scope),
                ]),
            cancellationToken).ConfigureAwait(false);
        foreach (long[] some in rows.Chunk(Together))
        {
            List<StoredInstance> instances = await database.ReadAsync(
                session => session.QueryAsync(
                    $"""
                    SELECT {InstanceRows.Columns} FROM instance i WHERE {session.Dialect.In("i.seq", "$rows")}
                    ORDER BY i.series_uid, i.sop_uid, i.data_set, i.case_number
                    """,
                    InstanceRows.ToInstance, ("$rows", session.Dialect.List(some))),
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
            async session => (await session.QueryAsync(
                "SELECT study_uid, COUNT(*) FROM instance WHERE case_number = $case GROUP BY study_uid",
                static row => (Study: row.GetString(0), Count: row.GetInt32(1)), ("$case", number.Value))
                .ConfigureAwait(false)).ToDictionary(one => one.Study, one => one.Count, StringComparer.Ordinal),
            cancellationToken);
}
