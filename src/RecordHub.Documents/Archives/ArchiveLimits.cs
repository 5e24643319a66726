namespace RecordHub.Documents.Archives;

/// <summary>What walking one archive may cost; counted while inflating, never taken from what the archive declares.</summary>
public sealed record ArchiveLimits
{
    public static ArchiveLimits Default { get; } = new();

    /// <summary>Members over all nested archives.</summary>
    public int MaxEntries { get; init; } = 500_000;

    /// <summary>Inflated bytes of one member.</summary>
    public long MaxEntryBytes { get; init; } = 8L << 30;

    /// <summary>Inflated bytes of all members together.</summary>
    public long MaxTotalBytes { get; init; } = 64L << 30;

    /// <summary>Inflated over packed size of a member, looked at from <see cref="RatioFloorBytes"/> on.</summary>
    public int MaxRatio { get; init; } = 1_000;

    /// <summary>A member below this size is never refused for its ratio.</summary>
    public long RatioFloorBytes { get; init; } = 16L << 20;

    /// <summary>How many archives inside each other are opened; 1 opens none inside the first.</summary>
    public int MaxDepth { get; init; } = 3;

    /// <summary>Inflated bytes of an archive inside an archive (it is put on a temporary file).</summary>
    public long MaxNestedArchiveBytes { get; init; } = 4L << 30;
}
