namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>Some bytes of a volume.</summary>
/// <param name="Offset">The first of them.</param>
/// <param name="Length">How many.</param>
internal readonly record struct VolumeRange(long Offset, long Length)
{
    /// <summary>The byte behind the last.</summary>
    internal long End => Offset + Length;

    /// <summary>Whether it is less than a block, at the end of one: what is left when the next blob begins in a block of its own.</summary>
    internal bool IsPadding => Length < DirectFile.Alignment && End % DirectFile.Alignment == 0;

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
