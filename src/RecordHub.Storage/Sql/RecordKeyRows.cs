using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Rows of the keys by which records are found by whom they name.</summary>
internal static class RecordKeyRows
{
    private const int MostByReason = 100;

    /// <summary>Items with a record that carries one of the identifiers.</summary>
    internal static ValueTask<List<ItemId>> FindCarriersAsync(
        Session session, IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, bool alsoFiled) =>
        FindAsync(session, identifiers.Select(IdentityKeys.Of), tenant, alsoFiled);

    /// <summary>Items with a record that is in no case and could be this patient's.</summary>
    internal static ValueTask<List<ItemId>> FindWaitingAsync(Session session, CaseFile file) => FindAsync(
        session, IdentityKeys.Of(file.Patient), file.Tenant, alsoFiled: false);

    private static ValueTask<List<ItemId>> FindAsync(
        Session session, IEnumerable<string> keys, Tenant tenant, bool alsoFiled) => session.QueryAsync(
        $"""
        SELECT DISTINCT i.id FROM record_key k
        JOIN record r ON r.item_id = k.item_id AND r.part = k.part JOIN item i ON i.id = k.item_id
        WHERE {session.Dialect.In("k.key", "$keys")} AND {session.Dialect.In("r.state", "$states")} AND i.tenant = $tenant
        ORDER BY i.id
        """,
        static row => row.GetItemId(0),
        ("$keys", session.Dialect.List(keys.Select(key => IndexText.Of(key)))),
        ("$states", session.Dialect.List(
            [nameof(RecordState.Held), nameof(RecordState.Ignored), .. alsoFiled ? [nameof(RecordState.Filed)] : Array.Empty<string>()])),
        ("$tenant", tenant.ToString()));

    /// <summary>Whether a record of a study names somebody and is not filed to the case.</summary>
    internal static ValueTask<bool> AnyElsewhereAsync(
        Session session, string studyInstanceUid, CaseNumber number, Tenant tenant) => session.AnyAsync(
        """
        SELECT 1 FROM record r JOIN item i ON i.id = r.item_id
        WHERE r.study_uid = $study AND i.tenant = $tenant AND NOT (r.state = 'Filed' AND r.case_number = $number)
          AND NOT EXISTS (SELECT 1 FROM record_key k WHERE k.item_id = r.item_id AND k.part = r.part AND k.key = $key)
        LIMIT 1
        """,
        ("$study", studyInstanceUid), ("$tenant", tenant.ToString()), ("$number", number.Value),
        ("$key", IndexText.Of(IdentityKeys.OfStudy(studyInstanceUid))));

    /// <summary>
    /// Items with a record that names nobody and is decided otherwise since records of its study that name somebody are where
    /// they are: it is in another case than one of them, or waits for the case of one.
    /// </summary>
    internal static async ValueTask<IEnumerable<ItemId>> FindStudyMatesAsync(
        Session session, IReadOnlyList<HeldRecord> named, Tenant tenant)
    {
        string[] studies = [.. named.Select(record => record.StudyInstanceUid).OfType<string>().Distinct()];
        if (studies.Length == 0)
        {
            return [];
        }

        // Almost always there is none. Asked as one with what follows, a server that has counted how rare the reasons are reads
        // all records for them.
        List<byte[]> nameless = await session.QueryAsync(
            $"SELECT DISTINCT item_id FROM record_key WHERE {session.Dialect.In("key", "$keys")}",
            static row => row.GetItemId(0).Bytes(),
            ("$keys", session.Dialect.List(studies.Select(study => IndexText.Of(IdentityKeys.OfStudy(study))))))
            .ConfigureAwait(false);
        if (nameless.Count == 0)
        {
            return [];
        }

        List<(ItemId Item, string Study, long Case, long Asked)> mates = await session.QueryAsync(
            $"""
            SELECT i.id, r.study_uid, r.case_number, i.case_number FROM record r JOIN item i ON i.id = r.item_id
            WHERE {session.Dialect.InBytes("r.item_id", "$items")} AND {session.Dialect.In("r.study_uid", "$studies")}
              AND {session.Dialect.In("r.reason", "$reasons")} AND i.tenant = $tenant
            """,
            static row => (row.GetItemId(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
            ("$items", session.Dialect.List(nameless)), ("$studies", session.Dialect.List(studies)),
            ("$reasons", session.Dialect.List([Assignment.NamesNobodyReason, Assignment.AmongOthersReason])),
            ("$tenant", tenant.ToString())).ConfigureAwait(false);
        return mates.Where(mate => named.Any(record => record.StudyInstanceUid == mate.Study
            && (mate.Case != 0 ? record.Case.Value != mate.Case : !record.Case.IsNone && record.Case.Value == mate.Asked)))
            .Select(mate => mate.Item);
    }

    /// <summary>Items that were sent for this case and came when it was closed.</summary>
    internal static ValueTask<List<ItemId>> FindTooLateAsync(Session session, CaseFile file) => session.QueryAsync(
        """
        SELECT DISTINCT i.id FROM record r JOIN item i ON i.id = r.item_id
        WHERE r.state = 'Held' AND r.reason = $reason AND i.case_number = $number AND i.tenant = $tenant ORDER BY i.id
        """,
        static row => row.GetItemId(0),
        ("$reason", Assignment.ClosedReason), ("$number", file.Number.Value), ("$tenant", file.Tenant.ToString()));

    /// <summary>Records for one of the reasons that carry one of the identifiers.</summary>
    internal static ValueTask<List<HeldRecord>> FindByReasonAsync(
        Session session, IReadOnlyList<PatientIdentifier> identifiers, IReadOnlyList<string> reasons, Tenant tenant) => session.QueryAsync(
        $"""
        SELECT {ItemRows.ItemColumns}, {ItemRows.RecordColumns} FROM record r JOIN item i ON i.id = r.item_id
        WHERE {session.Dialect.In("r.reason", "$reasons")} AND r.state IN ('Filed', 'Ignored') AND i.tenant = $tenant
          AND EXISTS (SELECT 1 FROM record_key k WHERE k.item_id = r.item_id AND k.part = r.part AND {session.Dialect.In("k.key", "$keys")})
          AND r.item_id IN (SELECT item_id FROM record_key k WHERE {session.Dialect.In("k.key", "$keys")})
        ORDER BY r.item_id, r.part LIMIT {MostByReason}
        """,
        ItemRows.ToRecord,
        ("$reasons", session.Dialect.List(reasons)), ("$tenant", tenant.ToString()),
        ("$keys", session.Dialect.List(identifiers.Select(one => IndexText.Of(IdentityKeys.Of(one))))));

    /// <summary>
    /// Items with a record in another patient's open case, where it came by name and birth date alone, and which could be
    /// this patient's.
    /// </summary>
    internal static async ValueTask<IReadOnlyList<ItemId>> FindCertainAsync(Session session, CaseFile file)
    {
        List<(ItemId Item, string Status)> found = await session.QueryAsync(
            """
            SELECT DISTINCT r.item_id, c.status FROM record_key k
            JOIN record r ON r.item_id = k.item_id AND r.part = k.part JOIN case_file c ON c.number = r.case_number
            WHERE k.key = $key AND r.state = 'Filed' AND r.reason = $reason AND c.tenant = $tenant AND c.patient_id <> $patient
            ORDER BY r.item_id
            """,
            static row => (row.GetItemId(0), row.GetString(1)),
            ("$key", IdentityKeys.Of(file.Patient.BirthDate)), ("$reason", Assignment.CertainMatchReason),
            ("$tenant", file.Tenant.ToString()), ("$patient", file.Patient.Id)).ConfigureAwait(false);
        return [.. found.Where(one => !CaseStatus.IsClosed(one.Status)).Select(one => one.Item)];
    }
}
