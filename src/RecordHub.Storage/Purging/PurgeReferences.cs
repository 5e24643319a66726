using RecordHub.Core.Cases;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Purging;

/// <summary>Takes out what else refers to a case: orders for storage commitment that name its instances, its tokens, its upload links, and who read it.</summary>
internal static class PurgeReferences
{
    private const int PageSize = 200;

    internal static async ValueTask RemoveAsync(
        Session session, CaseNumber number, Func<string, string, (string Name, SqlValue Value)[], ValueTask> count)
    {
        (string, SqlValue) mine = ("$case", number.Value);
        HashSet<string> uids = [.. await session.QueryAsync(
            """
            SELECT sop_instance_uid FROM item WHERE sop_instance_uid <> '' AND id IN
              (SELECT item_id FROM purge_item WHERE case_number = $case)
            EXCEPT
            SELECT sop_instance_uid FROM item WHERE sop_instance_uid <> '' AND id NOT IN
              (SELECT item_id FROM purge_item WHERE case_number = $case)
            """,
            static row => row.GetString(0), mine).ConfigureAwait(false)];
        if (uids.Count > 0)
        {
            await OrdersAsync(session, uids, count).ConfigureAwait(false);
        }

        await count(
            "tokens", "DELETE FROM token WHERE cases = $only",
            [("$only", StoredJson.Of([number.Value]))]).ConfigureAwait(false);
        foreach (string table in (string[])["client_token", "client_assertion"])
        {
            await count(
                "tokens", $"DELETE FROM {table} WHERE client_id IN (SELECT id FROM client WHERE cases = $only)",
                [("$only", StoredJson.Of([number.Value]))]).ConfigureAwait(false);
        }

        await count("clients", "DELETE FROM client WHERE cases = $only", [("$only", StoredJson.Of([number.Value]))]).ConfigureAwait(false);
        await count("studies fetched from sites", "DELETE FROM study_pull WHERE case_number = $case", [mine])
            .ConfigureAwait(false);
        await count("upload links", "DELETE FROM upload_link WHERE case_number = $case", [mine]).ConfigureAwait(false);
        await count("readings", "DELETE FROM package_reading WHERE case_number = $case", [mine]).ConfigureAwait(false);
        await count("withdrawals", "DELETE FROM package_withdrawal WHERE case_number = $case", [mine]).ConfigureAwait(false);
        await count(
            "moved series", "DELETE FROM series_move WHERE from_case = $case OR to_case = $case", [mine]).ConfigureAwait(false);
        await count("legal holds", "DELETE FROM case_hold WHERE case_number = $case", [mine]).ConfigureAwait(false);
    }

    private static async ValueTask OrdersAsync(
        Session session, HashSet<string> uids, Func<string, string, (string Name, SqlValue Value)[], ValueTask> count)
    {
        long after = 0;
        while (await session.QueryAsync(
            "SELECT seq, instances FROM commitment WHERE seq > $after ORDER BY seq LIMIT $count",
            static row => (Seq: row.GetInt64(0), Pairs: StoredJson.ToLines(row.GetString(1)).Chunk(2).ToList()),
            ("$after", after), ("$count", PageSize)).ConfigureAwait(false) is { Count: > 0 } page)
        {
            after = page[^1].Seq;
            foreach ((long seq, List<string[]> pairs) in page)
            {
                string[][] left = [.. pairs.Where(pair => !uids.Contains(pair[1]))];
                if (left.Length == 0)
                {
                    await count("orders for commitment", "DELETE FROM commitment WHERE seq = $seq", [("$seq", seq)])
                        .ConfigureAwait(false);
                }
                else if (left.Length < pairs.Count)
                {
                    await count(
                        "references in orders for commitment",
                        "UPDATE commitment SET instances = $instances, count = $count WHERE seq = $seq",
                        [
                            ("$instances", StoredJson.Of([.. left.SelectMany(pair => pair)])), ("$count", left.Length),
                            ("$seq", seq),
                        ]).ConfigureAwait(false);
                }
            }
        }
    }
}
