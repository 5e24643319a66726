using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Saves one filing inside a transaction: what the item says now takes the place of what it said before.</summary>
internal sealed class FilingWrite(SqliteSession session, long now, long studyDelay)
{
    private const string Resource = "resource";
    private const string Binary = "binary";
    private const string Instance = "instance";
    private const string Link = "link";

    private readonly ResourceWrite _resources = new(session, now);
    private readonly HashSet<StudyKey> _studies = [];
    private readonly HashSet<PatientIdentifier> _learnt = [];
    private readonly HashSet<PatientIdentifier> _forgotten = [];
    private readonly HashSet<string> _richer = [];
    private readonly HashSet<string> _poorer = [];

    internal FilingChange? Save(Filing filing)
    {
        byte[] item = filing.Item.Bytes();
        if (!filing.Links.All(link => CaseRows.MayLink(session, link)) || session.Execute(
            "UPDATE item SET revision = revision + 1 WHERE id = $id AND revision = $revision",
            ("$id", item), ("$revision", filing.ExpectedRevision)) == 0)
        {
            return null;
        }

        SaveRecords(item, filing.Records);
        HashSet<(string Kind, string Key)> former = [.. session.Query(
            "SELECT kind, key FROM filed WHERE item_id = $id",
            static row => (row.GetString(0), row.GetString(1)), ("$id", item))];
        HashSet<(string Kind, string Key)> current = [];
        foreach (StoredResource resource in filing.Resources)
        {
            _resources.Save(resource);
            current.Add((Resource, $"{resource.Type}/{resource.Id}"));
        }

        foreach (StoredBinary binary in filing.Binaries)
        {
            BinaryRows.Save(session, binary);
            current.Add((Binary, binary.Id));
        }

        foreach (StoredInstance instance in filing.Instances)
        {
            InstanceWrite.Save(session, instance);
            _studies.Add(new StudyKey(instance.Case, instance.Facts.StudyInstanceUid));
            current.Add((Instance, InstanceWrite.KeyOf(instance)));
        }

        foreach (IdentifierLink link in filing.Links)
        {
            Learn(link);
            current.Add((Link, StoredJson.Of([link.Identifier.Issuer, link.Identifier.Value, link.PatientId])));
        }

        Claim(item, current.Except(former));
        Withdraw(item, former.Except(current));
        ShowIdentifiers();
        foreach (StudyKey study in _studies)
        {
            OutboxRows.Ask(session, study, now + studyDelay);
        }

        OutboxRows.Remove(session, OutboxTopic.Item, filing.Item.ToString());
        return new FilingChange([.. _learnt], [.. _forgotten]);
    }

    // Until it is rebuilt without the instance it is gone, and nothing that showed the instance is left.
    private void Hide(StudyKey study)
    {
        foreach ((string type, string id) in StudyWrite.Resources(study))
        {
            _resources.Delete(type, id);
            _resources.ForgetHistory(type, id);
        }
    }

    private void ShowIdentifiers()
    {
        foreach (string id in _richer.Union(_poorer))
        {
            if (CaseRows.ReadPatient(session, id) is { } patient)
            {
                _resources.Save(CaseResources.Patient(patient));
            }
        }

        foreach (string id in _poorer)
        {
            _resources.ForgetHistory("Patient", id);
        }
    }

    private void Learn(IdentifierLink link)
    {
        if (CaseRows.Link(session, link))
        {
            _learnt.Add(link.Identifier);
            _richer.Add(link.PatientId);
        }
    }

    private void Forget(IReadOnlyList<string> parts)
    {
        PatientIdentifier identifier = new(parts[0], parts[1]);
        if (CaseRows.Unlink(session, identifier, parts[2]))
        {
            _forgotten.Add(identifier);
            _poorer.Add(parts[2]);
        }
    }

    private void SaveRecords(byte[] item, IReadOnlyList<HeldRecord> records)
    {
        session.Execute("DELETE FROM record WHERE item_id = $id", ("$id", item));
        foreach (HeldRecord record in records)
        {
            session.Execute(
                """
                INSERT INTO record (item_id, part, state, reason, explanation, evidence, case_number, suggested, title,
                  claim, study_uid)
                VALUES ($id, $part, $state, $reason, $explanation, $evidence, $case, $suggested, $title, $claim, $study)
                """,
                ("$id", item), ("$part", record.Id.Part), ("$state", record.State.ToString()), ("$reason", record.Reason),
                ("$explanation", record.Explanation), ("$evidence", StoredJson.Of(record.Evidence)),
                ("$case", record.Case.Value),
                ("$suggested", StoredJson.Of([.. record.SuggestedCases.Select(number => number.Value)])),
                ("$title", record.Title), ("$claim", StoredJson.Of(record.Claim)), ("$study", record.StudyInstanceUid));
        }
    }

    private void Claim(byte[] item, IEnumerable<(string Kind, string Key)> added)
    {
        foreach ((string kind, string key) in added)
        {
            session.Execute(
                "INSERT INTO filed (item_id, kind, key) VALUES ($id, $kind, $key)",
                ("$id", item), ("$kind", kind), ("$key", key));
        }
    }

    private void Withdraw(byte[] item, IEnumerable<(string Kind, string Key)> gone)
    {
        foreach ((string kind, string key) in gone)
        {
            session.Execute(
                "DELETE FROM filed WHERE item_id = $id AND kind = $kind AND key = $key",
                ("$id", item), ("$kind", kind), ("$key", key));
            if (session.Any("SELECT 1 FROM filed WHERE kind = $kind AND key = $key", ("$kind", kind), ("$key", key)))
            {
                continue; // Another item says the same.
            }

            switch (kind)
            {
                case Resource:
                    int slash = key.IndexOf('/', StringComparison.Ordinal);
                    _resources.Delete(key[..slash], key[(slash + 1)..]);
                    break;
                case Binary:
                    session.Execute("DELETE FROM binary WHERE id = $id", ("$id", key));
                    break;
                case Link:
                    Forget(StoredJson.ToLines(key));
                    break;
                default:
                    StudyKey study = InstanceWrite.Delete(session, key);
                    Hide(study);
                    _studies.Add(study);
                    break;
            }
        }
    }
}
