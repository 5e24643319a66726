using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>
/// One of the filings that a transaction saves: the rows that come of it by itself, made before the transaction begins, as
/// others wait for its end.
/// </summary>
internal sealed class FilingInHand
{
    internal const string RecordColumns =
        "item_id, part, state, reason, explanation, evidence, case_number, suggested, title, claim, study_uid";

    internal const string KeyColumns = "item_id, part, key";

    private readonly List<SqlValue[]> _records = [];
    private readonly List<SqlValue[]> _keys = [];

    internal FilingInHand(Filing filing, SharedWriting shared)
    {
        Filing = filing;
        Item = filing.Item.Bytes();
        Current = [.. FiledKey.Of(filing)];
        Instances = [.. filing.Instances.Select(instance => InstanceWrite.ValuesOf(instance, shared))];
        FiledCase = filing.Records.FirstOrDefault(record => record.State == RecordState.Filed)?.Case.Value ?? 0;
        foreach (HeldRecord record in filing.Records)
        {
            string claim = StoredJson.Of(record.Claim);
            _records.Add(
            [
                Item, record.Id.Part, record.State.ToString(), record.Reason, record.Explanation,
                StoredJson.Of(record.Evidence), record.Case.Value,
                StoredJson.Of([.. record.SuggestedCases.Select(number => number.Value)]), record.Title,
                claim, record.StudyInstanceUid,
            ]);
            foreach (string key in shared.KeysOf(record, claim))
            {
                _keys.Add([Item, record.Id.Part, key]);
            }
        }
    }

    internal Filing Filing { get; }

    internal byte[] Item { get; }

    /// <summary>What the item puts into cases.</summary>
    internal HashSet<FiledKey> Current { get; }

    /// <summary>Rows of records.</summary>
    internal IReadOnlyList<SqlValue[]> Records => _records;

    /// <summary>Rows of the keys by which records are found by whom they name.</summary>
    internal IReadOnlyList<SqlValue[]> Keys => _keys;

    /// <summary>What is written of each instance.</summary>
    internal IReadOnlyList<(string Name, SqlValue Value)[]> Instances { get; }

    /// <summary>The case of its first record that is filed; 0 when none is.</summary>
    internal long FiledCase { get; }

    internal IEnumerable<CaseNumber> Cases => Filing.Records.Select(record => record.Case);

    internal IEnumerable<ContentHash> Blobs => Filing.Binaries.Select(binary => binary.Blob);

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
