using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Reads rows of items, records and decisions.</summary>
internal static class ItemRows
{
    internal const string ItemColumns =
        "i.id, i.received_at, i.kind, i.blob, i.length, i.content, i.sop_instance_uid, i.data_set_offset, i.source, "
        + "i.revision, i.conflicts_with";

    internal const string RecordColumns =
        "r.part, r.state, r.reason, r.explanation, r.evidence, r.case_number, r.suggested, r.title, r.claim, r.study_uid";

    private const int RecordStart = 11;
    private const int PlaceStart = 11;

    internal static ReceivedItem ToItem(Row row) => new()
    {
        Id = row.GetItemId(0),
        ReceivedAt = row.GetTime(1),
        Kind = row.GetEnum<ContentKind>(2),
        Blob = row.GetHash(3),
        Length = row.GetInt64(4),
        Content = row.GetHash(5),
        SopInstanceUid = row.GetString(6) is { Length: > 0 } uid ? uid : null,
        DataSetOffset = row.GetInt64(7),
        Source = StoredJson.ToSource(row.GetString(8)),
    };

    /// <summary>A row of <see cref="ItemColumns"/> followed by the place of its blob.</summary>
    internal static StoredItem ToStoredItem(Row row) => new(
        ToItem(row) with { Place = row.IsNull(PlaceStart) ? null : BlobRows.ToPlace(row, PlaceStart) },
        row.GetInt32(9), row.IsNull(10) ? null : row.GetItemId(10), []);

    /// <summary>A row of <see cref="ItemColumns"/> followed by <see cref="RecordColumns"/>.</summary>
    internal static HeldRecord ToRecord(Row row)
    {
        ReceivedItem item = ToItem(row);
        return new HeldRecord
        {
            Id = new RecordId(item.Id, row.GetInt32(RecordStart)),
            Revision = row.GetInt32(9),
            State = row.GetEnum<RecordState>(RecordStart + 1),
            Reason = row.GetString(RecordStart + 2),
            Explanation = row.GetString(RecordStart + 3),
            Evidence = StoredJson.ToLines(row.GetString(RecordStart + 4)),
            Case = row.GetCase(RecordStart + 5),
            SuggestedCases =
                [.. StoredJson.ToNumbers(row.GetString(RecordStart + 6)).Select(number => new Core.Cases.CaseNumber(number))],
            Title = row.GetString(RecordStart + 7),
            Claim = StoredJson.ToClaim(row.GetString(RecordStart + 8)),
            StudyInstanceUid = row.GetText(RecordStart + 9),
            Item = item,
        };
    }

    internal static InboxDecision ToDecision(ItemId item, Row row) => new()
    {
        Record = new RecordId(item, row.GetInt32(0)),
        ExpectedRevision = row.GetInt32(1),
        Verdict = row.GetEnum<InboxVerdict>(2),
        Case = row.GetCase(3),
        Reason = row.GetText(4),
        By = row.GetString(5),
        At = row.GetTime(6),
    };
}
