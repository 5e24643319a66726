using System.Diagnostics;
using System.Runtime.CompilerServices;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Telemetry;
using RecordHub.Storage.Blobs.Volumes;

namespace RecordHub.Storage.Sql;

/// <summary>Items, their records and people's decisions.</summary>
internal sealed class ItemStore(Database database, VolumeSet volumes, StorageOptions options, TimeProvider time) : IItemStore
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Receipt> ReceiveAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        using Activity? span = HubSources.Storage.StartActivity("commit row");
        (Receipt receipt, bool placed) = await database.WriteAsync(
            session => ItemReceipt.ReceiveAsync(session, item, Now), item.Place is { } at ? volumes.FlushOf(at) : null,
            isAnswered: item.Source.Door == Door.CStore, cancellationToken).ConfigureAwait(false);
        if (item.Place is { } twice && !placed && !await HealAsync(item, twice, cancellationToken).ConfigureAwait(false))
        {
            volumes.GiveBack(twice);
        }

        return receipt;
    }

    // What is answered as stored is: when the bytes that are kept are lost or damaged, those that just came take their place.
    private async ValueTask<bool> HealAsync(ReceivedItem item, BlobPlace fresh, CancellationToken cancellationToken)
    {
        BlobPlace? kept = await database.ReadAsync(
            session => BlobRows.FindPlaceAsync(session, item.Blob), cancellationToken).ConfigureAwait(false);
        return kept is not null && !volumes.IsWhole(kept, options.Keys is null ? item.Blob : default)
            && await database.WriteAsync(
                session => BlobRows.MoveAsync(session, item.Blob, kept, fresh), volumes.FlushOf(fresh), isAnswered: false,
                cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredItem>> FindAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, ids), cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<FilingChange?>> SaveAsync(
        IReadOnlyList<Filing> filings, CancellationToken cancellationToken)
    {
        if (filings.Any(filing => filing.Records.Count == 0))
        {
            throw new ArgumentException("A filing says what became of at least one record.", nameof(filings));
        }

        if (filings.Count == 0)
        {
            return [];
        }

        long due = (long)options.StudyDelay.TotalMilliseconds;
        using Activity? span = HubSources.Storage.StartActivity("commit filing");
        SharedWriting shared = new();
        FilingInHand[] inHand = [.. filings.Select(filing => new FilingInHand(filing, shared))];
        return await database.WriteAsync(
            session => new FilingWrite(session, inHand, Now, due).SaveAsync(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<bool> HoldsAsync(ContentHash blob, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(session => BlobRows.HasItemAsync(session, blob, tenant), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldRecord>> FindRecordsAsync(
        IReadOnlyCollection<ItemId> ids, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HeldRecord>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {ItemRows.ItemColumns}, {ItemRows.RecordColumns} FROM record r JOIN item i ON i.id = r.item_id
                WHERE {session.Dialect.InBytes("r.item_id", "$ids")}
                  AND {Scope.Condition(session.Dialect, scope, "r.case_number", "i.tenant")}
                ORDER BY r.item_id, r.part
                """,
                ItemRows.ToRecord,
                [
                    ("$ids", session.Dialect.List(ids.Select(static id => id.Bytes()))),
                    .. Scope.Parameters(session.Dialect, scope),
                ]).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldRecord>> ListRecordsAsync(
        RecordState state, AccessScope scope, RecordId? after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HeldRecord>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {ItemRows.ItemColumns}, {ItemRows.RecordColumns} FROM record r JOIN item i ON i.id = r.item_id
                WHERE r.state = $state AND (r.item_id, r.part) > ($item, $part)
                  AND {Scope.Condition(session.Dialect, scope, "r.case_number", "i.tenant")}
                ORDER BY r.item_id, r.part LIMIT $count
                """,
                ItemRows.ToRecord,
                [
                    ("$state", state.ToString()), ("$item", after?.Item.Bytes() ?? []), ("$part", after?.Part ?? 0),
                    ("$count", count), .. Scope.Parameters(session.Dialect, scope),
                ]).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldRecord>> ListStudyRecordsAsync(
        string studyInstanceUid, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HeldRecord>>(
            async session => await session.QueryAsync(
                $"""
                SELECT {ItemRows.ItemColumns}, {ItemRows.RecordColumns} FROM record r JOIN item i ON i.id = r.item_id
                WHERE r.study_uid = $study AND {Scope.Condition(session.Dialect, scope, "r.case_number", "i.tenant")}
                """,
                ItemRows.ToRecord, [("$study", studyInstanceUid), .. Scope.Parameters(session.Dialect, scope)])
                .ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> AnyOfStudyElsewhereAsync(
        string studyInstanceUid, CaseNumber number, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => RecordKeyRows.AnyElsewhereAsync(session, studyInstanceUid, number, tenant), cancellationToken);

    /// <inheritdoc />
    public Task RememberMoveAsync(SeriesMove move, CancellationToken cancellationToken) =>
        database.WriteAsync(session => SeriesMoveRows.Save(session, move), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, CaseNumber>> FindMovesAsync(
        CaseNumber from, string studyInstanceUid, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SeriesMoveRows.FindAsync(session, from, studyInstanceUid), cancellationToken);

    /// <inheritdoc />
    public Task ForgetMovesAsync(string studyInstanceUid, CaseNumber to, CancellationToken cancellationToken) =>
        database.WriteAsync(session => SeriesMoveRows.Forget(session, studyInstanceUid, to), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldCopy>> FindCopiesAsync(
        string sopInstanceUid, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HeldCopy>>(
            async session => await session.QueryAsync(
                """
                SELECT i.blob, i.length,
                  EXISTS (SELECT 1 FROM record r WHERE r.item_id = i.id)
                  AND NOT EXISTS (SELECT 1 FROM record r WHERE r.item_id = i.id AND r.state IN ($filed, $held))
                FROM item i WHERE i.sop_instance_uid = $sop AND i.sop_instance_uid <> '' AND i.tenant = $tenant
                ORDER BY i.seq
                """,
                static row => new HeldCopy(row.GetHash(0), row.GetInt64(1), row.GetBoolean(2)),
                ("$filed", nameof(RecordState.Filed)), ("$held", nameof(RecordState.Held)), ("$sop", sopInstanceUid),
                ("$tenant", tenant.ToString())).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ItemId>> FindCarriersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, bool alsoFiled, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ItemId>>(
            async session => await RecordKeyRows.FindCarriersAsync(session, identifiers, tenant, alsoFiled).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> AnyHeldAsync(string reason, CaseNumber suggested, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.AnyAsync(
                "SELECT 1 FROM record WHERE state = 'Held' AND reason = $reason AND suggested = $suggested LIMIT 1",
                ("$reason", reason), ("$suggested", StoredJson.Of([suggested.Value]))),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IdentifierLink>> FindOwnLinksAsync(ItemId item, CancellationToken cancellationToken) =>
        database.ReadAsync(session => LinkRows.OwnAsync(session, item), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldRecord>> FindByReasonAsync(
        IReadOnlyList<PatientIdentifier> identifiers, IReadOnlyList<string> reasons, Tenant tenant,
        CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HeldRecord>>(
            async session => await RecordKeyRows.FindByReasonAsync(session, identifiers, reasons, tenant).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IdentifierLink>> FindLinksOfReasonAsync(
        IReadOnlyList<PatientIdentifier> identifiers, string reason, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(session => LinkRows.OfReasonAsync(session, identifiers, reason, tenant), cancellationToken);

    /// <inheritdoc />
    public Task<bool> DecideAsync(InboxDecision decision, CancellationToken cancellationToken) =>
        database.WriteAsync(session => DecideAsync(session, decision), cancellationToken);

    private static async ValueTask<IReadOnlyList<StoredItem>> FindAsync(Session session, IReadOnlyList<ItemId> ids)
    {
        (string, SqlValue) those = ("$ids", session.Dialect.List(ids.Select(id => id.Bytes())));
        Dictionary<ItemId, StoredItem> found = (await session.QueryAsync(
            $"""
            SELECT {ItemRows.ItemColumns}, p.volume, p.position, p.length
            FROM item i LEFT JOIN blob p ON p.hash = i.blob AND p.sop_instance_uid = i.sop_instance_uid
            WHERE {session.Dialect.InBytes("i.id", "$ids")}
            """,
            ItemRows.ToStoredItem, those).ConfigureAwait(false)).ToDictionary(item => item.Received.Id);
        if (found.Values.Any(item => item.Revision > 1))
        {
            foreach (IGrouping<ItemId, InboxDecision> item in (await session.QueryAsync(
                $"""
                SELECT part, revision, verdict, case_number, reason, decided_by, decided_at, item_id
                FROM decision WHERE {session.Dialect.InBytes("item_id", "$ids")} ORDER BY seq
                """,
                static row => ItemRows.ToDecision(row.GetItemId(7), row), those).ConfigureAwait(false))
                .GroupBy(decision => decision.Record.Item))
            {
                found[item.Key] = found[item.Key] with { Decisions = [.. item] };
            }
        }

        return [.. ids.Distinct().Where(found.ContainsKey).Select(id => found[id])];
    }

    private async ValueTask<bool> DecideAsync(Session session, InboxDecision decision)
    {
        byte[] item = decision.Record.Item.Bytes();
        bool exists = await session.AnyAsync(
            "SELECT 1 FROM record WHERE item_id = $id AND part = $part", ("$id", item), ("$part", decision.Record.Part))
            .ConfigureAwait(false);
        if (!exists || await session.ExecuteAsync(
            "UPDATE item SET revision = revision + 1 WHERE id = $id AND revision = $revision",
            ("$id", item), ("$revision", decision.ExpectedRevision)).ConfigureAwait(false) == 0)
        {
            return false;
        }

        session.Write(
            """
            INSERT INTO decision (item_id, part, revision, verdict, case_number, reason, decided_by, decided_at)
            VALUES ($id, $part, $revision, $verdict, $case, $reason, $by, $at)
            """,
            ("$id", item), ("$part", decision.Record.Part), ("$revision", decision.ExpectedRevision),
            ("$verdict", decision.Verdict.ToString()), ("$case", decision.Case.Value), ("$reason", decision.Reason),
            ("$by", decision.By), ("$at", decision.At.ToUnixTimeMilliseconds()));
        OutboxRows.Ask(session, OutboxTopic.Item, decision.Record.Item.ToString(), Now);
        return true;
    }
}
