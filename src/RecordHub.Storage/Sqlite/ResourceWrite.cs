using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Saves and deletes FHIR resources inside a transaction, with their history and their search index.</summary>
internal sealed class ResourceWrite(SqliteSession session, long now)
{
    /// <summary>Makes a new version, unless the content is what it was.</summary>
    internal void Save(StoredResource resource)
    {
        (long Key, int Version, bool Same)? current = session.First<(long, int, bool)?>(
            """
            SELECT key, version, deleted = 0 AND case_number = $case AND patient_id IS $patient AND json = $json
            FROM resource WHERE type = $type AND id = $id
            """,
            static row => (row.GetInt64(0), row.GetInt32(1), row.GetBoolean(2)),
            ("$case", resource.Case.Value), ("$patient", resource.PatientId), ("$json", resource.Json.ToArray()),
            ("$type", resource.Type), ("$id", resource.Id));
        if (current is { Same: true })
        {
            return;
        }

        Archive(resource.Type, resource.Id);
        long key = current?.Key ?? NextKey();
        session.Execute(
            """
            INSERT INTO resource (key, seq, type, id, version, last_updated, deleted, case_number, patient_id, record_id, json)
            VALUES ($key, $seq, $type, $id, $version, $now, 0, $case, $patient, $record, $json)
            ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, version = excluded.version,
              last_updated = excluded.last_updated, deleted = 0, case_number = excluded.case_number,
              patient_id = excluded.patient_id, record_id = excluded.record_id, json = excluded.json
            """,
            ("$key", key), ("$seq", NextSeq()), ("$type", resource.Type), ("$id", resource.Id),
            ("$version", (current?.Version ?? 0) + 1), ("$now", now), ("$case", resource.Case.Value),
            ("$patient", resource.PatientId), ("$record", resource.RecordId), ("$json", resource.Json.ToArray()));
        Index(key, resource, current is not null);
    }

    /// <summary>Makes a version that says that it is gone. Nothing happens when it is gone or never was.</summary>
    internal void Delete(string type, string id)
    {
        long key = session.Number(
            "SELECT key FROM resource WHERE type = $type AND id = $id AND deleted = 0", ("$type", type), ("$id", id));
        if (key == 0)
        {
            return;
        }

        Archive(type, id);
        session.Execute(
            """
            UPDATE resource SET seq = $seq, version = version + 1, last_updated = $now, deleted = 1, json = x''
            WHERE key = $key
            """,
            ("$seq", NextSeq()), ("$now", now), ("$key", key));
        session.Execute("DELETE FROM resource_index WHERE resource = $key", ("$key", key));
    }

    /// <summary>
    /// Earlier versions show what does not belong there any more: they go, for good. The version numbers go on.
    /// </summary>
    internal void ForgetHistory(string type, string id) => session.Execute(
        "DELETE FROM resource_history WHERE type = $type AND id = $id", ("$type", type), ("$id", id));

    private void Archive(string type, string id) => session.Execute(
        """
        INSERT INTO resource_history
          (type, id, version, last_updated, deleted, case_number, patient_id, record_id, json)
        SELECT type, id, version, last_updated, deleted, case_number, patient_id, record_id, json
        FROM resource WHERE type = $type AND id = $id
        """,
        ("$type", type), ("$id", id));

    // Rows are never removed and the newest change has the highest number, so no number is given twice.
    private long NextKey() => session.Number("SELECT COALESCE(MAX(key), 0) + 1 FROM resource");

    private long NextSeq() => session.Number("SELECT COALESCE(MAX(seq), 0) + 1 FROM resource");

    private void Index(long key, StoredResource resource, bool replaces)
    {
        if (replaces)
        {
            session.Execute("DELETE FROM resource_index WHERE resource = $key", ("$key", key));
        }

        foreach (IndexEntry entry in resource.Index)
        {
            session.Execute(
                """
                INSERT INTO resource_index (resource, type, parameter, kind, system, value, low, high)
                VALUES ($key, $type, $parameter, $kind, $system, $value, $low, $high)
                """,
                ("$key", key), ("$type", resource.Type), ("$parameter", entry.Parameter), ("$kind", (int)entry.Kind),
                ("$system", entry.System), ("$value", entry.Value), ("$low", entry.Low), ("$high", entry.High));
        }
    }
}
