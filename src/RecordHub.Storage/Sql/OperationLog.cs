using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Retention;

namespace RecordHub.Storage.Sql;

/// <summary>
/// The operators' journal. Each entry's digest covers the one before it, so that none can be changed or taken out unseen.
/// </summary>
internal static class OperationLog
{
    private const string Columns = "seq, at, action, case_number, actor, reason, detail";

    /// <summary>Writes an entry inside a transaction.</summary>
    internal static async ValueTask AppendAsync(Session session, OperationEntry entry)
    {
        session.Lock(["operations"]);
        (long seq, byte[]? before) = await LastAsync(session).ConfigureAwait(false);
        session.Write(
            $"""
            INSERT INTO operation_event ({Columns}, digest)
            VALUES ($seq, $at, $action, $case, $actor, $reason, $detail, $digest)
            """,
            ("$seq", seq + 1), ("$at", entry.At), ("$action", entry.Action), ("$case", entry.Case), ("$actor", entry.Actor),
            ("$reason", entry.Reason), ("$detail", entry.Detail), ("$digest", DigestOf(seq + 1, entry, before)));
    }

    /// <summary>Number and digest of the last entry, for a document that refers to it.</summary>
    internal static async ValueTask<string> HeadAsync(Session session)
    {
        (long seq, byte[]? digest) = await LastAsync(session).ConfigureAwait(false);
        return HeadOf(seq, digest);
    }

    /// <summary>Checks the chain, and that the heads that were noted are links of it.</summary>
    internal static async ValueTask<JournalCheck> CheckAsync(Session session, params IEnumerable<string> heads)
    {
        byte[]? before = null;
        long entries = 0;
        long broken = 0;
        HashSet<string> unknown = [.. heads];
        unknown.Remove(HeadOf(0, null));
        foreach ((long seq, OperationEntry entry, byte[] digest) in await session.QueryAsync(
            $"SELECT {Columns}, digest FROM operation_event ORDER BY seq",
            static row => (
                row.GetInt64(0),
                new OperationEntry(
                    row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6)),
                row.GetBytes(7).ToArray())).ConfigureAwait(false))
        {
            entries++;
            if (broken == 0 && (seq != entries || !DigestOf(seq, entry, before).AsSpan().SequenceEqual(digest)))
            {
                broken = entries;
            }

            unknown.Remove(HeadOf(seq, digest));
            before = digest;
        }

        return new JournalCheck(entries, await HeadAsync(session).ConfigureAwait(false), broken, unknown.Order(StringComparer.Ordinal).FirstOrDefault());
    }

    private static string HeadOf(long seq, byte[]? digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{seq} {Convert.ToHexStringLower(digest ?? [])}");

    private static async ValueTask<(long Seq, byte[]? Digest)> LastAsync(Session session) => await session.FirstAsync(
        "SELECT seq, digest FROM operation_event ORDER BY seq DESC LIMIT 1",
        static row => (row.GetInt64(0), (byte[]?)row.GetBytes(1).ToArray())).ConfigureAwait(false);

    private static byte[] DigestOf(long seq, OperationEntry entry, byte[]? before)
    {
        string text = StoredJson.Of(
        [
            seq.ToString(CultureInfo.InvariantCulture), entry.At.ToString(CultureInfo.InvariantCulture), entry.Action,
            entry.Case.ToString(CultureInfo.InvariantCulture), entry.Actor, entry.Reason, entry.Detail,
        ]);
        return SHA256.HashData([.. before ?? [], .. Encoding.UTF8.GetBytes(text)]);
    }
}
