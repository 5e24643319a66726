using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs.Volumes;

namespace RecordHub.Storage.Sql;

/// <summary>Where small blobs lie. The row comes with the first row that names the blob, and goes with the bytes.</summary>
internal static class BlobPlaceRows
{
    /// <summary>Keeps a place unless the blob has one; whether it was kept.</summary>
    internal static async ValueTask<bool> KeepAsync(Session session, byte[] blob, BlobPlace place) =>
        await session.ExecuteAsync(
            """
            INSERT INTO blob_place (blob, volume, position, length) VALUES ($blob, $volume, $position, $length)
            ON CONFLICT (blob) DO NOTHING
            """,
            ("$blob", blob), ("$volume", place.Volume.ToByteArray(bigEndian: true)), ("$position", place.Offset),
            ("$length", place.Length)).ConfigureAwait(false) > 0;

    internal static ValueTask<BlobPlace?> FindAsync(Session session, ContentHash blob) => session.FirstAsync(
        "SELECT volume, position, length FROM blob_place WHERE blob = $blob", static row => ToPlace(row, 0), ("$blob", blob.Bytes()));

    /// <summary>The blob is found by this place no more; by another that it has got meanwhile it is.</summary>
    internal static void Forget(Session session, ContentHash blob, BlobPlace place) => session.Write(
        "DELETE FROM blob_place WHERE blob = $blob AND volume = $volume AND position = $position",
        ("$blob", blob.Bytes()), ("$volume", place.Volume.ToByteArray(bigEndian: true)), ("$position", place.Offset));

    /// <summary>What is kept of a volume, in order.</summary>
    internal static ValueTask<List<VolumeRange>> OfVolumeAsync(Session session, Guid volume) => session.QueryAsync(
        "SELECT position, length FROM blob_place WHERE volume = $volume ORDER BY position",
        static row => new VolumeRange(row.GetInt64(0), row.GetInt64(1)),
        ("$volume", volume.ToByteArray(bigEndian: true)));

    /// <summary>Volume, position and length, from a column on.</summary>
    internal static BlobPlace ToPlace(Row row, int from) =>
        new(new Guid(row.GetBytes(from), bigEndian: true), row.GetInt64(from + 1), row.GetInt64(from + 2));
}
