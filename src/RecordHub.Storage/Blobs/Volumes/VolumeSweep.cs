using Microsoft.Win32.SafeHandles;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// Gives back what no row names in volumes that nobody appends to any more: what came twice, what a process died over, and
/// what was removed. Each hour looks at some of the volumes, each day at all.
/// </summary>
internal sealed class VolumeSweep(VolumeFolder folder, Database database, TimeProvider time)
{
    private const int Hours = 24;

    /// <summary>Much longer than anybody is between storing and naming.</summary>
    private static readonly TimeSpan s_age = TimeSpan.FromHours(1);

    /// <summary>Looks at this hour's share; gives how many volumes were removed as a whole.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        int removed = 0;
        foreach (Guid volume in folder.List().Where(volume => volume.ToByteArray()[^1] % Hours == now.Hour))
        {
            removed += await SweepAsync(volume, now, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return removed;
    }

    private async Task<bool> SweepAsync(Guid volume, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using SafeFileHandle? file = folder.IsHeld(volume) ? null : folder.TryOpen(volume, FileAccess.ReadWrite);
        if (file is null || File.GetLastWriteTimeUtc(file) > (now - s_age).UtcDateTime)
        {
            return false;
        }

        List<VolumeRange> kept = await database.ReadAsync(
            session => BlobRows.OfVolumeAsync(session, volume), cancellationToken).ConfigureAwait(false);
        if (kept.Count == 0)
        {
            File.Delete(folder.PathOf(volume));
            return true;
        }

        foreach (VolumeRange gap in VolumeRange.Gaps(kept, RandomAccess.GetLength(file)).Where(static gap => !gap.IsPadding))
        {
            DiskSync.Clear(file, gap);
        }

        return false;
    }
}
