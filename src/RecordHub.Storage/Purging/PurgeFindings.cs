using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Retention;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Purging;

/// <summary>What is left of a purged case.</summary>
internal sealed record PurgeFindings(string Method, IReadOnlyList<PurgedBlob> Blobs, IReadOnlyList<PurgeCheck> Checks)
{
    private static readonly (string Kind, string Sql)[] s_rows =
    [
        ("items", "SELECT COUNT(*) FROM item WHERE case_number = $case"),
        ("records", "SELECT COUNT(*) FROM record WHERE case_number = $case"),
        ("instances", "SELECT COUNT(*) FROM instance WHERE case_number = $case"),
        ("what series have in common", "SELECT COUNT(*) FROM series WHERE case_number = $case"),
        ("ranges served as Binary", "SELECT COUNT(*) FROM \"binary\" WHERE case_number = $case"),
        ("package versions", "SELECT COUNT(*) FROM package WHERE case_number = $case"),
        ("resources", "SELECT COUNT(*) FROM resource WHERE case_number = $case AND (deleted = 0 OR length(json) > 0)"),
        ("versions of resources", "SELECT COUNT(*) FROM resource_history WHERE case_number = $case"),
        ("search values", "SELECT COUNT(*) FROM resource_index x JOIN resource r ON r.key = x.resource WHERE r.case_number = $case"),
        ("outbox entries", "SELECT COUNT(*) FROM outbox WHERE topic = 'Study' AND key LIKE $stem"),
    ];

    /// <summary>How many rows there are, by kind.</summary>
    internal static async ValueTask<IReadOnlyDictionary<string, long>> CountAsync(Session session, CaseNumber number)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach ((string kind, string sql) in s_rows)
        {
            counts[kind] = await session.NumberAsync(
                sql, ("$case", number.Value), ("$stem", $"{number} %")).ConfigureAwait(false);
        }

        return counts;
    }

    internal static async Task<PurgeFindings> LookAsync(
        Database database, IBlobStore blobs, CaseNumber number, CancellationToken cancellationToken)
    {
        (IReadOnlyDictionary<string, long> counts, List<PurgedBlob> listed) = await database.ReadAsync(
            async session => (
                await CountAsync(session, number).ConfigureAwait(false),
                await session.QueryAsync(
                    "SELECT blob, outcome FROM purge_blob WHERE case_number = $case ORDER BY blob",
                    static row => new PurgedBlob(row.GetHash(0).ToString(), row.GetString(1)), ("$case", number.Value))
                    .ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        int found = 0;
        foreach (PurgedBlob blob in listed.Where(blob => blob.Outcome == PurgedBlob.Removed))
        {
            // The same bytes may have come again for somebody else; then a row names them.
            ContentHash hash = ContentHash.Parse(blob.Sha256);
            found += await blobs.FindLengthAsync(hash, cancellationToken).ConfigureAwait(false) is not null
                && !await database.ReadAsync(session => BlobRows.IsNamedAsync(session, hash), cancellationToken)
                    .ConfigureAwait(false) ? 1 : 0;
        }

        return new PurgeFindings(
            database.ScrubMethod + " Blobs were deleted from the blob store; what deleted files leave on a disk is the disk's encryption's matter.",
            listed,
            [
                .. counts.Select(one => new PurgeCheck(one.Key, one.Value == 0, string.Create(
                    CultureInfo.InvariantCulture, $"{one.Value} left"))),
                new PurgeCheck("blobs", found == 0, string.Create(CultureInfo.InvariantCulture, $"{found} of {listed.Count} left that no other record has")),
            ]);
    }
}
