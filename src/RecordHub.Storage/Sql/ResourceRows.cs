using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Reads rows of resources.</summary>
internal static class ResourceRows
{
    internal const string Columns =
        "r.type, r.id, r.version, r.last_updated, r.deleted, r.case_number, r.patient_id, r.record_id, r.json";

    /// <summary>How many columns these are.</summary>
    internal const int Count = 9;

    internal static ResourceVersion ToVersion(Row row) => new()
    {
        Type = row.GetString(0),
        Id = row.GetString(1),
        Version = row.GetInt32(2),
        LastUpdated = row.GetTime(3),
        Deleted = row.GetInt64(4) != 0,
        Case = row.GetCase(5),
        PatientId = row.GetText(6),
        RecordId = row.GetText(7),
        Json = row.GetBytes(8).ToArray(),
    };
}
