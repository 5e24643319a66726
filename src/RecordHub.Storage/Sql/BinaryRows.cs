using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Rows of Binary ranges.</summary>
internal static class BinaryRows
{
    internal const string Columns = "b.id, b.case_number, b.record_id, b.content_type, b.blob, b.start, b.length";

    internal static void Save(Session session, StoredBinary binary) => session.Write(
        """
        INSERT INTO "binary" (id, case_number, record_id, content_type, blob, start, length)
        VALUES ($id, $case, $record, $type, $blob, $start, $length)
        ON CONFLICT (id) DO UPDATE SET case_number = excluded.case_number, record_id = excluded.record_id,
          content_type = excluded.content_type, blob = excluded.blob, start = excluded.start, length = excluded.length
        """,
        ("$id", binary.Id), ("$case", binary.Case.Value), ("$record", binary.RecordId), ("$type", binary.ContentType),
        ("$blob", binary.Blob.Bytes()), ("$start", binary.Offset), ("$length", binary.Length));

    internal static StoredBinary ToBinary(Row row) => new()
    {
        Id = row.GetString(0),
        Case = row.GetCase(1),
        RecordId = row.GetString(2),
        ContentType = row.GetString(3),
        Blob = row.GetHash(4),
        Offset = row.GetInt64(5),
        Length = row.GetInt64(6),
    };
}
