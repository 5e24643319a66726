namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>Some bytes of a volume.</summary>
/// <param name="Offset">The first of them.</param>
/// <param name="Length">How many.</param>
internal readonly record struct VolumeRange(long Offset, long Length)
{
    /// <summary>The byte behind the last.</summary>
    internal long End => Offset + Length;

    /// <summary>What lies between ranges that are in order of their offset, up to a length.</summary>
    internal static IEnumerable<VolumeRange> Gaps(IEnumerable<VolumeRange> kept, long length)
    {
        long at = 0;
        foreach (VolumeRange range in kept)
        {
            if (range.Offset > at)
            {
                yield return new VolumeRange(at, Math.Min(range.Offset, length) - at);
            }

            at = Math.Max(at, range.End);
        }

        if (length > at)
        {
            yield return new VolumeRange(at, length - at);
        }
    }
}
