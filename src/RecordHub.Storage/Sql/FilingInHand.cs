using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>
/// One of the filings that a transaction saves: the rows that come of it by itself, made before the transaction begins, as
/// others wait for its end.
/// </summary>
internal sealed class FilingInHand(Filing filing)
{
    internal const string RecordColumns =
        "item_id, part, state, reason, explanation, evidence, case_number, suggested, title, claim, study_uid";

    internal const string KeyColumns = "item_id, part, key";

    internal Filing Filing => filing;

    internal byte[] Item { get; } = filing.Item.Bytes();

    /// <summary>What the item puts into cases.</summary>
    internal HashSet<FiledKey> Current { get; } = [.. FiledKey.Of(filing)];

    /// <summary>Rows of records.</summary>
    internal IReadOnlyList<object?[]> Records { get; } = [.. filing.Records.Select(record => new object?[]
    {
        filing.Item.Bytes(), record.Id.Part, record.State.ToString(), record.Reason, record.Explanation,
        StoredJson.Of(record.Evidence), record.Case.Value,
        StoredJson.Of([.. record.SuggestedCases.Select(number => number.Value)]), record.Title,
        StoredJson.Of(record.Claim), record.StudyInstanceUid,
    })];

    /// <summary>Rows of the keys by which records are found by whom they name.</summary>
    internal IReadOnlyList<object?[]> Keys { get; } = [.. filing.Records.SelectMany(record =>
        IdentityKeys.Of(record.Claim).Select(IndexText.Of).Distinct()
            .Select(key => new object?[] { filing.Item.Bytes(), record.Id.Part, key }))];

    /// <summary>What is written of each instance.</summary>
    internal IReadOnlyList<(string Name, object? Value)[]> Instances { get; } = [.. filing.Instances.Select(InstanceWrite.ValuesOf)];

    /// <summary>The case of its first record that is filed; 0 when none is.</summary>
    internal long FiledCase { get; } =
        filing.Records.FirstOrDefault(record => record.State == RecordState.Filed)?.Case.Value ?? 0;

    internal IEnumerable<CaseNumber> Cases => filing.Records.Select(record => record.Case);

    internal IEnumerable<ContentHash> Blobs => filing.Binaries.Select(binary => binary.Blob);

    /// <summary>Whose item it is.</summary>
    internal Tenant Tenant { get; private set; }

    /// <summary>What the item had put into cases before.</summary>
    internal HashSet<FiledKey> Former { get; } = [];

    internal HashSet<PatientIdentifier> Learnt { get; } = [];

    internal HashSet<PatientIdentifier> Forgotten { get; } = [];

    internal IEnumerable<string> Locks =>
        Current.Union(Former).SelectMany(key => key.Locks).Concat(Blobs.Select(CondemnedBlobs.LockOf));

    internal FilingChange Change => new([.. Learnt], [.. Forgotten]);

    /// <summary>Forgets what an attempt that was undone has found.</summary>
    internal void Begin(Tenant tenant)
    {
        Tenant = tenant;
        Former.Clear();
        Learnt.Clear();
        Forgotten.Clear();
    }
}
