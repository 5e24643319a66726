using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Saves one filing inside a transaction: what the item says now takes the place of what it said before.</summary>
internal sealed class FilingWrite(Session session, Filing filing, long now, long studyDelay)
{
    private const string RecordColumns =
        "item_id, part, state, reason, explanation, evidence, case_number, suggested, title, claim, study_uid";

    private readonly byte[] _item = filing.Item.Bytes();
    private readonly HashSet<StudyKey> _studies = [];
    private readonly HashSet<StudyKey> _poorerStudies = [];
    private readonly HashSet<PatientIdentifier> _learnt = [];
    private readonly HashSet<PatientIdentifier> _forgotten = [];
    private readonly HashSet<string> _richer = [];
    private readonly HashSet<string> _poorer = [];

    internal async ValueTask<FilingChange?> SaveAsync()
    {
        (long revision, Tenant tenant) = await session.FirstAsync(
            $"SELECT revision, tenant FROM item WHERE id = $id{session.Dialect.RowLock}",
            static row => (row.GetInt64(0), Tenant.Parse(row.GetString(1))), ("$id", _item)).ConfigureAwait(false);
        if (revision != filing.ExpectedRevision)
        {
            return null;
        }

        HashSet<FiledKey> current = [.. FiledKey.Of(filing)];
        HashSet<FiledKey> former = [.. await session.QueryAsync(
            "SELECT kind, key FROM filed WHERE item_id = $id",
            static row => new FiledKey(row.GetString(0), row.GetString(1)), ("$id", _item)).ConfigureAwait(false)];
        session.Lock(
        [
            .. current.Union(former).SelectMany(key => key.Locks),
            .. filing.Binaries.Select(binary => CondemnedBlobs.LockOf(binary.Blob)),
        ]);
        if (await PurgedCases.AnyAsync(session, filing.Records.Select(record => record.Case)).ConfigureAwait(false)
            || await CondemnedBlobs.AnyAsync(session, filing.Binaries.Select(binary => binary.Blob), now).ConfigureAwait(false))
        {
            return null; // What was read is out of date: reading and storing it again is right.
        }

        foreach (IdentifierLink link in filing.Links)
        {
            if (!await CaseRows.MayLinkAsync(session, link.Identifier, link.PatientId, tenant).ConfigureAwait(false)
                || await LinkRows.IsTakenBackAsync(session, link, tenant).ConfigureAwait(false))
            {
                return null;
            }
        }

        session.Write(
            """
            UPDATE item SET revision = revision + 1, filed_case = $case,
              filed_at = CASE WHEN filed_case = $case THEN filed_at ELSE $now END
            WHERE id = $id
            """,
            ("$id", _item), ("$case", FiledCase()), ("$now", now));
        SaveRecords();
        session.Insert(
            "filed", "item_id, kind, key", [.. current.Except(former).Select(key => new object?[] { _item, key.Kind, key.Key })]);
        foreach (StoredBinary binary in filing.Binaries)
        {
            BinaryRows.Save(session, binary);
        }

        SaveInstances();
        foreach (IdentifierLink link in filing.Links)
        {
            await LearnAsync(link, tenant).ConfigureAwait(false);
        }

        List<FiledKey> gone = await WithdrawAsync([.. former.Except(current)]).ConfigureAwait(false);
        foreach (StudyKey study in _studies.OrderBy(OutboxRows.KeyOf, StringComparer.Ordinal))
        {
            OutboxRows.Ask(session, study, now + studyDelay);
        }

        if (filing.GivenUp is { } given)
        {
            OutboxRows.Park(session, OutboxTopic.Item, filing.Item.ToString(), given, now);
        }
        else
        {
            OutboxRows.Remove(session, OutboxTopic.Item, filing.Item.ToString());
        }

        await SaveResourcesAsync(gone).ConfigureAwait(false);
        return new FilingChange([.. _learnt], [.. _forgotten]);
    }

    private long FiledCase() =>
        filing.Records.FirstOrDefault(record => record.State == RecordState.Filed)?.Case.Value ?? 0;

    private void SaveRecords()
    {
        session.Write("DELETE FROM record WHERE item_id = $id", ("$id", _item));
        session.Insert("record", RecordColumns, [.. filing.Records.Select(record => new object?[]
        {
            _item, record.Id.Part, record.State.ToString(), record.Reason, record.Explanation,
            StoredJson.Of(record.Evidence), record.Case.Value,
            StoredJson.Of([.. record.SuggestedCases.Select(number => number.Value)]), record.Title,
            StoredJson.Of(record.Claim), record.StudyInstanceUid,
        })]);
        RecordKeyRows.Save(session, filing.Item, filing.Records);
    }

    private void SaveInstances()
    {
        foreach (StoredInstance instance in filing.Instances)
        {
            InstanceWrite.Save(session, instance);
            _studies.Add(new StudyKey(instance.Case, instance.Facts.StudyInstanceUid));
        }
    }

    private async ValueTask LearnAsync(IdentifierLink link, Tenant tenant)
    {
        if (await CaseRows.LinkAsync(session, link, tenant).ConfigureAwait(false))
        {
            _learnt.Add(link.Identifier);
            _richer.Add(link.PatientId);
        }
    }

    /// <summary>Takes back what the item no longer says; gives what nobody says any more.</summary>
    private async ValueTask<List<FiledKey>> WithdrawAsync(List<FiledKey> left)
    {
        List<FiledKey> gone = [];
        foreach (IGrouping<string, FiledKey> kind in left.GroupBy(key => key.Kind, StringComparer.Ordinal))
        {
            (string, object?)[] parameters =
            [
                ("$id", _item), ("$kind", kind.Key), ("$keys", session.Dialect.List(kind.Select(key => key.Key))),
            ];
            string those = $"kind = $kind AND {session.Dialect.In("key", "$keys")}";
            session.Write($"DELETE FROM filed WHERE item_id = $id AND {those}", parameters);
            HashSet<string> said = [.. await session.QueryAsync(
                $"SELECT DISTINCT key FROM filed WHERE {those}", static row => row.GetString(0), parameters.AsSpan(1))
                .ConfigureAwait(false)];
            gone.AddRange(kind.Where(key => !said.Contains(key.Key)));
        }

        foreach (FiledKey key in gone)
        {
            await RemoveAsync(key).ConfigureAwait(false);
        }

        return gone;
    }

    private async ValueTask RemoveAsync(FiledKey key)
    {
        switch (key.Kind)
        {
            case FiledKey.Binary:
                session.Write("DELETE FROM \"binary\" WHERE id = $id", ("$id", key.Key));
                break;
            case FiledKey.Instance:
                StudyKey study = InstanceWrite.Delete(session, key.Key);
                _poorerStudies.Add(study);
                _studies.Add(study);
                break;
            case FiledKey.Link:
                (PatientIdentifier identifier, string patient) = key.ToLink();
                if (await CaseRows.UnlinkAsync(session, identifier, patient).ConfigureAwait(false))
                {
                    _forgotten.Add(identifier);
                    _poorer.Add(patient);
                }

                break;
            default:
                break; // A resource leaves a version that says so, see SaveResourcesAsync.
        }
    }

    // Last of all, see ResourceWrite.
    private async ValueTask SaveResourcesAsync(List<FiledKey> gone)
    {
        List<StoredResource> saved = [.. filing.Resources];
        foreach (string id in _richer.Union(_poorer))
        {
            if (await CaseRows.ReadPatientAsync(session, id).ConfigureAwait(false) is { } patient)
            {
                saved.Add(CaseResources.Patient(patient));
            }
        }

        // Until it is rebuilt without the instance a study is gone, and nothing that showed the instance is left.
        List<(string Type, string Id)> hidden = [.. _poorerStudies.SelectMany(StudyWrite.Resources)];
        await ResourceWrite.SaveAsync(
            session, saved,
            [.. gone.Where(key => key.Kind == FiledKey.Resource).Select(key => key.ToResource()), .. hidden], now)
            .ConfigureAwait(false);
        foreach ((string type, string id) in hidden.Concat(_poorer.Select(id => ("Patient", id))))
        {
            ResourceWrite.ForgetHistory(session, type, id);
        }
    }
}
