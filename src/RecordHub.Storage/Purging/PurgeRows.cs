using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Purging;

/// <summary>Takes the rows of a case out of the database in one transaction, and notes its blobs.</summary>
internal sealed class PurgeRows(Session session, CaseFile file, long now)
{
    private const string Mine = "(SELECT item_id FROM purge_item WHERE case_number = $case)";

    // What an item has put into the case, for items that stay because another case has a share in them.
    private const string Filed =
        """
        ((kind = 'resource' AND key IN (SELECT type || '/' || id FROM resource WHERE case_number = $case))
          OR (kind = 'binary' AND key IN (SELECT id FROM "binary" WHERE case_number = $case))
          OR (kind = 'instance' AND key LIKE $instances))
        """;

    private readonly SortedDictionary<string, long> _removed = new(StringComparer.Ordinal);
    private readonly (string, SqlValue) _case = ("$case", file.Number.Value);

    /// <summary>Removes all; gives how many rows of each kind.</summary>
    internal async ValueTask<IReadOnlyDictionary<string, long>> RunAsync()
    {
        bool stays = await PurgeScope.HasOtherCaseAsync(session, file).ConfigureAwait(false);
        await CollectAsync().ConfigureAwait(false);
        List<FiledKey> links = await session.QueryAsync(
            $"SELECT DISTINCT kind, key FROM filed WHERE kind = 'link' AND item_id IN {Mine}",
            static row => new FiledKey(row.GetString(0), row.GetString(1)), _case).ConfigureAwait(false);
        List<(string Type, string Id)> resources = await session.QueryAsync(
            "SELECT type, id FROM resource WHERE case_number = $case", static row => (row.GetString(0), row.GetString(1)), _case)
            .ConfigureAwait(false);
        if (!stays)
        {
            resources.Add(("Patient", file.Patient.Id));
        }

        session.Lock(
        [
            .. resources.Select(ResourceWrite.LockOf), ResourceWrite.LockOf(("Patient", file.Patient.Id)),
            .. links.SelectMany(link => link.Locks), .. file.Patient.Identifiers.Select(CaseRows.LockOf),
        ]);
        await OutboxAsync().ConfigureAwait(false);
        await PurgeReferences.RemoveAsync(session, file.Number, Count).ConfigureAwait(false);
        await ItemsAsync().ConfigureAwait(false);
        bool poorer = await PatientAsync(stays, links).ConfigureAwait(false);
        await ResourcesAsync(resources, poorer).ConfigureAwait(false);
        return _removed;
    }

    private async ValueTask CollectAsync()
    {
        session.Write(
            $"INSERT INTO purge_item (case_number, item_id) SELECT $case, o.id FROM ({PurgeScope.Items}) o WHERE TRUE ON CONFLICT DO NOTHING",
            _case);
        foreach (ItemId item in await PurgeScope.RejectedAsync(session, file).ConfigureAwait(false))
        {
            session.Write(
                "INSERT INTO purge_item (case_number, item_id) VALUES ($case, $item) ON CONFLICT DO NOTHING",
                _case, ("$item", item.Bytes()));
        }

        // Nobody files them any more: who is about to finds the case purged, or its item gone.
        _removed["items"] = (await session.QueryAsync(
            $"SELECT 1 FROM item WHERE id IN {Mine}{session.Dialect.RowLock}", static _ => 1, _case).ConfigureAwait(false)).Count;
        session.Write(
            $"""
            INSERT INTO purge_blob (case_number, blob, outcome)
            SELECT $case, b.blob, '' FROM (
              SELECT blob FROM item WHERE id IN {Mine} UNION SELECT blob FROM instance WHERE case_number = $case
              UNION SELECT blob FROM "binary" WHERE case_number = $case UNION SELECT digest FROM package WHERE case_number = $case
            ) b WHERE TRUE ON CONFLICT DO NOTHING
            """,
            _case);
    }

    private async ValueTask OutboxAsync()
    {
        List<ItemId> items = await session.QueryAsync(
            $"SELECT item_id FROM purge_item WHERE case_number = $case", static row => row.GetItemId(0), _case)
            .ConfigureAwait(false);
        await Count(
            "outbox entries",
            $"DELETE FROM outbox WHERE topic = $topic AND {session.Dialect.In("key", "$keys")}",
            ("$topic", nameof(OutboxTopic.Item)), ("$keys", session.Dialect.List(items.Select(item => item.ToString()))))
            .ConfigureAwait(false);
        await Count(
            "outbox entries", "DELETE FROM outbox WHERE topic = $topic AND key LIKE $stem",
            ("$topic", nameof(OutboxTopic.Study)), ("$stem", $"{file.Number} %")).ConfigureAwait(false);
        session.OutboxTouched = true;
    }

    private async ValueTask ItemsAsync()
    {
        (string, SqlValue) instances = ("$instances", InstanceWrite.StemOf(file.Number) + "%");
        session.Write($"DELETE FROM filed WHERE item_id IN {Mine} OR {Filed}", _case, instances);

        // A share of an item that has one in another case too: the row says so, and a repeated filing leaves it out.
        session.Write(
            """
            INSERT INTO decision (item_id, part, revision, verdict, case_number, reason, decided_by, decided_at)
            SELECT r.item_id, r.part, i.revision, 'Reject', 0, 'purged', 'purge', $now FROM record r
            JOIN item i ON i.id = r.item_id WHERE r.case_number = $case AND r.item_id NOT IN
              (SELECT item_id FROM purge_item WHERE case_number = $case)
            """,
            _case, ("$now", now));
        session.Write(
            $"""
            DELETE FROM record_key WHERE item_id IN {Mine} OR EXISTS (SELECT 1 FROM record r
              WHERE r.item_id = record_key.item_id AND r.part = record_key.part AND r.case_number = $case)
            """,
            _case);
        await Count(
            "shares of records that other cases have a share in",
            $$"""
            UPDATE record SET state = 'Rejected', reason = 'purged', explanation = 'Its case was purged.', evidence = '[]',
              case_number = 0, suggested = '[]', title = 'purged', claim = $nobody, study_uid = NULL
            WHERE case_number = $case AND item_id NOT IN {{Mine}}
            """,
            _case, ("$nobody", StoredJson.Of(PatientClaim.Nobody))).ConfigureAwait(false);
        await Count("records", $"DELETE FROM record WHERE item_id IN {Mine}", _case).ConfigureAwait(false);
        await Count("decisions", $"DELETE FROM decision WHERE item_id IN {Mine}", _case).ConfigureAwait(false);
        session.Write($"UPDATE item SET conflicts_with = NULL WHERE conflicts_with IN {Mine}", _case);
        session.Write($"DELETE FROM item WHERE id IN {Mine}", _case);

        // Before the instances, of which each would be looked for among those that are left of its series.
        session.Write("DELETE FROM series WHERE case_number = $case", _case);
        await Count("instances", "DELETE FROM instance WHERE case_number = $case", _case).ConfigureAwait(false);
        await Count("ranges served as Binary", "DELETE FROM \"binary\" WHERE case_number = $case", _case).ConfigureAwait(false);
        await Count("package versions", "DELETE FROM package WHERE case_number = $case", _case).ConfigureAwait(false);
    }

    // True when the patient stays and one of the identifiers does not.
    private async ValueTask<bool> PatientAsync(bool stays, List<FiledKey> links)
    {
        string nobody = ResourceId.Of(file.Number, "Patient", "purged");
        CaseRows.AddPatient(session, new CasePatient { Id = nobody, Name = new PersonName(string.Empty, string.Empty), BirthDate = default }, file.Tenant);
        session.Write(
            "UPDATE case_file SET patient_id = $nobody, question = '', revision = revision + 1 WHERE number = $case",
            ("$nobody", nobody), _case);
        if (!stays)
        {
            session.Write("DELETE FROM filed WHERE kind = 'link' AND key LIKE $owner", ("$owner", $"%\"{file.Patient.Id}\"]"));
            session.Write("DELETE FROM link_decision WHERE patient_id = $id", ("$id", file.Patient.Id));
            await Count("identifiers", "DELETE FROM identifier WHERE patient_id = $id", ("$id", file.Patient.Id))
                .ConfigureAwait(false);
            await Count("patients", "DELETE FROM patient WHERE id = $id", ("$id", file.Patient.Id)).ConfigureAwait(false);
            return false;
        }

        bool poorer = false;
        foreach (FiledKey link in links)
        {
            if (!await session.AnyAsync(
                "SELECT 1 FROM filed WHERE kind = 'link' AND key = $key LIMIT 1", ("$key", link.Key)).ConfigureAwait(false))
            {
                (PatientIdentifier identifier, string patient) = link.ToLink();
                bool gone = await CaseRows.UnlinkAsync(session, identifier, patient).ConfigureAwait(false);
                poorer |= gone;
                _removed["identifiers"] = _removed.GetValueOrDefault("identifiers") + (gone ? 1 : 0);
            }
        }

        return poorer;
    }

    // What is left of each says that it is gone; the numbers of versions and of changes go on.
    private async ValueTask ResourcesAsync(List<(string Type, string Id)> resources, bool poorer)
    {
        StoredResource[] patient = poorer
            && await CaseRows.ReadPatientAsync(session, file.Patient.Id).ConfigureAwait(false) is { } left
            ? [CaseResources.Patient(left)] : [];
        _removed["resources"] = resources.Count;
        await ResourceWrite.SaveAsync(session, patient, resources, now).ConfigureAwait(false);
        if (poorer)
        {
            ResourceWrite.ForgetHistory(session, "Patient", file.Patient.Id);
        }

        foreach (IGrouping<string, (string Type, string Id)> type in resources.GroupBy(one => one.Type, StringComparer.Ordinal))
        {
            (string, SqlValue)[] named = [("$type", type.Key), ("$ids", session.Dialect.List(type.Select(one => one.Id)))];
            string those = $"type = $type AND {session.Dialect.In("id", "$ids")}";
            await Count("versions of resources", $"DELETE FROM resource_history WHERE {those}", named).ConfigureAwait(false);
            session.Write($"UPDATE resource SET patient_id = NULL, record_id = NULL WHERE {those}", named);
        }
    }

    private async ValueTask Count(string kind, string sql, params (string Name, SqlValue Value)[] parameters) =>
        _removed[kind] = _removed.GetValueOrDefault(kind) + await session.ExecuteAsync(sql, parameters).ConfigureAwait(false);
}
