using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs.Volumes;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Which instance a blob is, by which those who name it are found, and where it lies when it is small. The row comes with
/// the first row that names the blob, and goes after the bytes.
/// </summary>
internal static class BlobRows
{
    /// <summary>Who names a blob that is no DICOM instance, by whatever the content of its item is: the blob itself.</summary>
    private const string Documents = "SELECT 1 FROM item i WHERE i.sop_instance_uid = '' AND i.content = $blob";

    /// <summary>Who names a blob that is a DICOM instance.</summary>
    private const string Instances =
        """
        SELECT 1 FROM blob b JOIN item i ON i.sop_instance_uid = b.sop_instance_uid AND i.blob = b.hash
        WHERE b.hash = $blob AND b.sop_instance_uid <> ''
        """;

    /// <summary>Notes a blob that an item names, and its place unless it has one; whether the place was kept.</summary>
    internal static async ValueTask<bool> KeepAsync(Session session, byte[] blob, string sopInstanceUid, BlobPlace? place)
    {
        int changed = await session.ExecuteAsync(
            """
            INSERT INTO blob (hash, sop_instance_uid, volume, position, length) VALUES ($blob, $sop, $volume, $position, $length)
            ON CONFLICT (hash, sop_instance_uid) DO UPDATE
            SET volume = excluded.volume, position = excluded.position, length = excluded.length WHERE blob.volume IS NULL
            """,
            ("$blob", blob), ("$sop", sopInstanceUid), ("$volume", place?.Volume.ToByteArray(bigEndian: true)),
            ("$position", place?.Offset), ("$length", place?.Length)).ConfigureAwait(false);
        return place is not null && changed > 0;
    }

    /// <summary>Where the blob lies; null when it is a file or an object.</summary>
    internal static ValueTask<BlobPlace?> FindPlaceAsync(Session session, ContentHash blob) => session.FirstAsync(
        "SELECT volume, position, length FROM blob WHERE hash = $blob AND volume IS NOT NULL LIMIT 1",
        static row => ToPlace(row, 0), ("$blob", blob.Bytes()));

    /// <summary>The blob is found by another place than before; false when that was no longer its place.</summary>
    internal static async ValueTask<bool> MoveAsync(Session session, ContentHash blob, BlobPlace from, BlobPlace to) =>
        await session.ExecuteAsync(
            """
            UPDATE blob SET volume = $to, position = $at, length = $length
            WHERE hash = $blob AND volume = $volume AND position = $position
            """,
            ("$blob", blob.Bytes()), ("$volume", from.Volume.ToByteArray(bigEndian: true)), ("$position", from.Offset),
            ("$to", to.Volume.ToByteArray(bigEndian: true)), ("$at", to.Offset), ("$length", to.Length))
            .ConfigureAwait(false) > 0;

    /// <summary>The blob is found by this place no more; by another that it has got meanwhile it is.</summary>
    internal static void Forget(Session session, ContentHash blob, BlobPlace place) => session.Write(
        """
        UPDATE blob SET volume = NULL, position = NULL, length = NULL
        WHERE hash = $blob AND volume = $volume AND position = $position
        """,
        ("$blob", blob.Bytes()), ("$volume", place.Volume.ToByteArray(bigEndian: true)), ("$position", place.Offset));

    /// <summary>Its bytes are gone; the row stays when somebody has begun to name the blob again.</summary>
    internal static async ValueTask RemoveAsync(Session session, ContentHash blob)
    {
        session.Lock([CondemnedBlobs.LockOf(blob)]);
        if (!await IsNamedAsync(session, blob).ConfigureAwait(false))
        {
            session.Write("DELETE FROM blob WHERE hash = $blob", ("$blob", blob.Bytes()));
        }
    }

    /// <summary>Whether a row names the blob.</summary>
    internal static ValueTask<bool> IsNamedAsync(Session session, ContentHash blob) => session.AnyAsync(
        $"""
        {Documents} UNION ALL {Instances}
        UNION ALL SELECT 1 FROM blob b JOIN instance i ON i.sop_uid = b.sop_instance_uid AND i.blob = b.hash WHERE b.hash = $blob
        UNION ALL SELECT 1 FROM "binary" WHERE blob = $blob UNION ALL SELECT 1 FROM package WHERE digest = $blob
        LIMIT 1
        """,
        ("$blob", blob.Bytes()));

    /// <summary>Whether an item of a tenant has the blob.</summary>
    internal static ValueTask<bool> HasItemAsync(Session session, ContentHash blob, Tenant tenant) => session.AnyAsync(
        $"{Documents} AND i.tenant = $tenant UNION ALL {Instances} AND i.tenant = $tenant LIMIT 1",
        ("$blob", blob.Bytes()), ("$tenant", tenant.ToString()));

    /// <summary>What is kept of a volume, in order.</summary>
    internal static ValueTask<List<VolumeRange>> OfVolumeAsync(Session session, Guid volume) => session.QueryAsync(
        "SELECT DISTINCT position, length FROM blob WHERE volume = $volume ORDER BY position",
        static row => new VolumeRange(row.GetInt64(0), row.GetInt64(1)),
        ("$volume", volume.ToByteArray(bigEndian: true)));

    /// <summary>Volume, position and length, from a column on.</summary>
    internal static BlobPlace ToPlace(Row row, int from) =>
        new(new Guid(row.GetBytes(from), bigEndian: true), row.GetInt64(from + 1), row.GetInt64(from + 2));
}
