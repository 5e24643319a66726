using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Access;
using RecordHub.Core.Commitment;

namespace RecordHub.Storage.Sql;

/// <summary>Rows of orders for storage commitment.</summary>
internal static class CommitmentRows
{
    internal const string JobColumns =
        "seq, revision, site, calling, called, transaction_uid, instances, requested_at, attempts, tenant";

    internal const string EntryColumns =
        "site, calling, transaction_uid, count, state, requested_at, due_at, attempts, detail";

    /// <summary>The same for the same references, in whatever order they are named.</summary>
    internal static byte[] DigestOf(CommitmentOrder order) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        order.References.Distinct().Select(reference => $"{reference.SopInstanceUid} {reference.SopClassUid}")
            .Order(StringComparer.Ordinal))));

    internal static string InstancesOf(CommitmentOrder order) => StoredJson.Of(
        [.. order.References.SelectMany(reference => new[] { reference.SopClassUid, reference.SopInstanceUid })]);

    internal static CommitmentJob ToJob(Row row) => new(
        row.GetInt64(0), row.GetInt32(1),
        new CommitmentOrder
        {
            Site = SiteOf(row.GetString(2)),
            Tenant = Tenant.Parse(row.GetString(9)),
            CallingAeTitle = row.GetString(3),
            CalledAeTitle = row.GetString(4),
            TransactionUid = row.GetString(5),
            References = [.. StoredJson.ToLines(row.GetString(6)).Chunk(2)
                .Select(pair => new InstanceReference(pair[0], pair[1]))],
        },
        row.GetTime(7), row.GetInt32(8), IsDuplicate: false);

    internal static CommitmentEntry ToEntry(Row row) => new()
    {
        Site = SiteOf(row.GetString(0)),
        CallingAeTitle = row.GetString(1),
        TransactionUid = row.GetString(2),
        References = row.GetInt32(3),
        State = row.GetEnum<CommitmentState>(4),
        RequestedAt = row.GetTime(5),
        DueAt = row.GetTime(6),
        Attempts = row.GetInt32(7),
        Detail = row.GetString(8),
    };

    private static string? SiteOf(string site) => site.Length == 0 ? null : site;
}
