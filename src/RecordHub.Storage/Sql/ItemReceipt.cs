using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Sql;

/// <summary>Receives one item inside a transaction. The end state is the same whatever the order of receipts.</summary>
internal static class ItemReceipt
{
    private static readonly Receipt s_new = new Receipt.New();

    /// <summary>What became of the item, and whether the place of its blob was kept.</summary>
    /// <exception cref="ArgumentException">What is no DICOM instance has another content than its bytes.</exception>
    internal static async ValueTask<(Receipt Receipt, bool Placed)> ReceiveAsync(Session session, ReceivedItem item, long now)
    {
        if (string.IsNullOrEmpty(item.SopInstanceUid) && item.Content != item.Blob)
        {
            // Who names its blob could not be found.
            throw new ArgumentException("The content of what is no DICOM instance is its bytes.", nameof(item));
        }

        Hashed hashed = Hashed.Of(item);
        Receipt receipt = await DecideAsync(session, item, hashed, now).ConfigureAwait(false);

        // Also when it is known: the blob may have been set aside, and this is it anew.
        bool named = receipt is not Receipt.Known
            || (item.Place is not null && await NamesAsync(session, item, hashed).ConfigureAwait(false));
        bool placed = named && await BlobRows.KeepAsync(
            session, hashed.Blob, item.SopInstanceUid ?? string.Empty, item.Place).ConfigureAwait(false);
        return (receipt, placed);
    }

    private static async ValueTask<Receipt> DecideAsync(Session session, ReceivedItem item, Hashed hashed, long now)
    {
        session.Lock(item, LocksOf);
        Surroundings around = await LookAroundAsync(session, item, hashed, now).ConfigureAwait(false);
        if (around.Copies && await KnownAsync(session, item, "content = $content", now).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        if (around.Condemned)
        {
            throw new StorageAwayException("The same bytes are being removed; they can be stored again in a minute.");
        }

        // What was received before content was hashed as it is now: the same file is the same all the same.
        if (around.File && await KnownAsync(session, item, "blob = $blob", now).ConfigureAwait(false) is { } same)
        {
            return same;
        }

        ItemId? earlier = around.Earlier;
        session.Write(
            """
            INSERT INTO item (id, received_at, kind, blob, length, content, sop_instance_uid, data_set_offset, case_number,
              source, conflicts_with, revision, tenant, trace)
            VALUES ($id, $at, $kind, $blob, $length, $content, $sop, $offset, $case, $source, $earlier, 1, $tenant, $trace)
            """,
            ("$id", item.Id.Bytes()), ("$at", item.ReceivedAt.ToUnixTimeMilliseconds()), ("$kind", Enum.GetName(item.Kind)),
            ("$blob", hashed.Blob), ("$length", item.Length), ("$content", hashed.Content),
            ("$sop", item.SopInstanceUid ?? string.Empty), ("$offset", item.DataSetOffset),
            ("$case", item.Source.Case.Value), ("$source", StoredJson.Of(item.Source)), ("$earlier", earlier?.Bytes()),
            ("$tenant", item.Source.Tenant.ToString()), ("$trace", session.Trace));
        OutboxRows.Ask(session, OutboxTopic.Item, item.Id.ToString(), now);
        return earlier is { } conflict ? new Receipt.NewInConflict(conflict) : s_new;
    }

    private static IEnumerable<string> LocksOf(ReceivedItem item)
    {
        yield return $"content {item.Content}";
        yield return $"sop {item.SopInstanceUid}";
        yield return CondemnedBlobs.LockOf(item.Blob);
    }

    // The same data set in another file is superfluous, and no row names it.
    private static ValueTask<bool> NamesAsync(Session session, ReceivedItem item, Hashed hashed) => item.SopInstanceUid is { } uid
        ? session.AnyAsync(
            "SELECT 1 FROM item WHERE sop_instance_uid = $sop AND blob = $blob LIMIT 1", ("$sop", uid), ("$blob", hashed.Blob))
        : ValueTask.FromResult(true);

    // Locked, so that nobody files the copy while it is decided whether it can become this case's.
    private static ValueTask<List<Copy>> CopiesAsync(Session session, ReceivedItem item, string same) => session.QueryAsync(
        $"""
        SELECT id, case_number, blob, source FROM item
        WHERE sop_instance_uid = $sop AND {same} AND tenant = $tenant ORDER BY case_number{session.Dialect.RowLock}
        """,
        static row => new Copy(row.GetItemId(0), row.GetCase(1), row.GetHash(2), row.GetString(3)),
        ("$content", item.Content.Bytes()), ("$blob", item.Blob.Bytes()), ("$sop", item.SopInstanceUid ?? string.Empty),
        ("$tenant", item.Source.Tenant.ToString()));

    // A copy for no case in particular says nothing that a held one does not say. A copy for a case is new to that case
    // unless it is in it already, or the one held for no case can become it.
    private static async ValueTask<Receipt.Known?> KnownAsync(Session session, ReceivedItem item, string same, long now)
    {
        List<Copy> copies = await CopiesAsync(session, item, same).ConfigureAwait(false);
        CaseNumber number = item.Source.Case;
        if (copies.Count == 0)
        {
            return null;
        }

        if (number.IsNone || copies.Exists(copy => copy.Case == number))
        {
            return Spare(session, item, copies.Find(copy => copy.Case == number) ?? copies[0], redriven: false, now);
        }

        if (copies.Find(copy => copy.Case.IsNone) is not { } unplaced)
        {
            return null;
        }

        List<CaseNumber> filed = await session.QueryAsync(
            "SELECT case_number FROM record WHERE item_id = $id AND state = $filed",
            static row => row.GetCase(0),
            ("$id", unplaced.Id.Bytes()), ("$filed", nameof(RecordState.Filed))).ConfigureAwait(false);
        if (filed.Count > 0)
        {
            return filed.Contains(number) ? Spare(session, item, unplaced, redriven: false, now) : null;
        }

        Source source = StoredJson.ToSource(unplaced.Source) with { Case = number };
        session.Write(
            "UPDATE item SET case_number = $case, source = $source, revision = revision + 1 WHERE id = $id",
            ("$case", number.Value), ("$source", StoredJson.Of(source)), ("$id", unplaced.Id.Bytes()));
        OutboxRows.Ask(session, OutboxTopic.Item, unplaced.Id.ToString(), now);
        return Spare(session, item, unplaced, redriven: true, now);
    }

    // The same data set in another file (other file meta, no preamble): its blob is superfluous, and swept later.
    private static Receipt.Known Spare(Session session, ReceivedItem item, Copy copy, bool redriven, long now)
    {
        if (copy.Blob != item.Blob)
        {
            session.Write(
                """
                INSERT INTO spare_blob (blob, since) VALUES ($blob, $now)
                ON CONFLICT (blob) DO UPDATE SET since = excluded.since
                """,
                ("$blob", item.Blob.Bytes()), ("$now", now));
        }

        return new Receipt.Known(copy.Id, redriven);
    }

    // One question to the database, which most receipts are the only one to ask.
    private static ValueTask<Surroundings> LookAroundAsync(
        Session session, ReceivedItem item, Hashed hashed, long now) =>
        session.FirstAsync(
            """
            SELECT (SELECT id FROM item
              WHERE sop_instance_uid = $sop AND sop_instance_uid <> '' AND content <> $content AND blob <> $blob
                AND tenant = $tenant
              ORDER BY seq LIMIT 1),
              EXISTS (SELECT 1 FROM condemned_blob WHERE blob = $blob AND until > $now),
              EXISTS (SELECT 1 FROM item
              WHERE sop_instance_uid = $sop AND sop_instance_uid <> '' AND content <> $content AND blob = $blob
                AND tenant = $tenant),
              EXISTS (SELECT 1 FROM item WHERE sop_instance_uid = $sop AND content = $content AND tenant = $tenant)
            """,
            static row => new Surroundings(
                row.IsNull(0) ? null : row.GetItemId(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3)),
            ("$sop", item.SopInstanceUid ?? string.Empty), ("$content", hashed.Content),
            ("$tenant", item.Source.Tenant.ToString()), ("$blob", hashed.Blob), ("$now", now));

    /// <summary>The item's hashes as columns hold them, which most often are one.</summary>
    private readonly record struct Hashed(byte[] Blob, byte[] Content)
    {
        internal static Hashed Of(ReceivedItem item)
        {
            byte[] blob = item.Blob.Bytes();
            return new Hashed(blob, item.Content == item.Blob ? blob : item.Content.Bytes());
        }
    }

    /// <param name="Earlier">An earlier item of the same UID and other content.</param>
    /// <param name="Condemned">Whether the blob may not be named, as it is being removed.</param>
    /// <param name="File">Whether the same file is here as another content.</param>
    /// <param name="Copies">Whether the same content is here, for whatever case.</param>
    private readonly record struct Surroundings(ItemId? Earlier, bool Condemned, bool File, bool Copies);

    private sealed record Copy(ItemId Id, CaseNumber Case, ContentHash Blob, string Source);
}
