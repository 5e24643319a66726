using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Purging;

/// <summary>What belongs to a case that is to be purged. Runs inside a transaction.</summary>
internal static class PurgeScope
{
    /// <summary>Items of the case alone: sent for it or filed to it, filed to no other, and not waiting for a decision.</summary>
    internal const string Items =
        """
        SELECT i.id FROM item i
        WHERE (i.case_number = $case
            OR EXISTS (SELECT 1 FROM record r WHERE r.item_id = i.id AND r.state = 'Filed' AND r.case_number = $case))
          AND NOT EXISTS (SELECT 1 FROM record r WHERE r.item_id = i.id AND (r.state = 'Held'
            OR (r.state = 'Filed' AND r.case_number <> $case)))
        """;

    /// <summary>Held records that came for the case, that suggest it, or that carry an identifier of its patient.</summary>
    internal static async ValueTask<int> CountUndecidedAsync(Session session, CaseFile file) =>
        (await OutsideAsync(session, file, RecordState.Held).ConfigureAwait(false)).Count;

    /// <summary>Items that a person rejected, and that carry an identifier of the patient; not when the patient has another case.</summary>
    internal static async ValueTask<IReadOnlyList<ItemId>> RejectedAsync(Session session, CaseFile file) =>
        await HasOtherCaseAsync(session, file).ConfigureAwait(false)
            ? []
            : await OutsideAsync(session, file, RecordState.Rejected).ConfigureAwait(false);

    /// <summary>Whether another case of the same patient is kept.</summary>
    internal static ValueTask<bool> HasOtherCaseAsync(Session session, CaseFile file) => session.AnyAsync(
        "SELECT 1 FROM case_file WHERE patient_id = $patient AND number <> $case AND status <> $purged LIMIT 1",
        ("$patient", file.Patient.Id), ("$case", file.Number.Value), ("$purged", CaseStatus.Purged));

    private static async ValueTask<IReadOnlyList<ItemId>> OutsideAsync(Session session, CaseFile file, RecordState state)
    {
        HashSet<PatientIdentifier> known = [.. file.Patient.Identifiers];
        List<(ItemId Item, CaseNumber Named, string Suggested, string Claim)> rows = await session.QueryAsync(
            """
            SELECT i.id, i.case_number, r.suggested, r.claim FROM record r JOIN item i ON i.id = r.item_id
            WHERE r.state = $state AND i.tenant = $tenant AND NOT EXISTS (
              SELECT 1 FROM record f WHERE f.item_id = i.id AND f.state = 'Filed' AND f.case_number <> $case)
            """,
            static row => (row.GetItemId(0), row.GetCase(1), row.GetString(2), row.GetString(3)),
            ("$state", state.ToString()), ("$tenant", file.Tenant.ToString()), ("$case", file.Number.Value))
            .ConfigureAwait(false);
        return
        [
            .. rows.Where(row => row.Named == file.Number || StoredJson.ToNumbers(row.Suggested).Contains(file.Number.Value)
                || Identifiers.Issued(StoredJson.ToClaim(row.Claim).Identifiers).Any(known.Contains))
                .Select(row => row.Item).Distinct(),
        ];
    }
}
