namespace RecordHub.Documents.Archives;

/// <summary>What has been taken out of an archive so far, over all nesting.</summary>
internal sealed class ArchiveBudget(ArchiveLimits limits)
{
    private int _entries;
    private long _bytes;

    public ArchiveLimits Limits { get; } = limits;

    public int EntriesLeft => Math.Max(0, Limits.MaxEntries - _entries);

    /// <summary>Why nothing more may be taken out; null while something may.</summary>
    public string? Exhausted =>
        _entries >= Limits.MaxEntries ? $"more than {Limits.MaxEntries} entries"
        : _bytes >= Limits.MaxTotalBytes ? $"more than {Limits.MaxTotalBytes} bytes in all"
        : null;

    public void CountEntry() => _entries++;

    public void CountBytes(int count, long memberBytes, long packed)
    {
        if (memberBytes > Limits.MaxEntryBytes)
        {
            throw new ArchiveLimitException($"more than {Limits.MaxEntryBytes} bytes in one entry");
        }

        CountInflated(count, memberBytes, packed);
    }

    /// <summary>The same for what is no member by itself: all that a packed archive inflates to.</summary>
    public void CountInflated(int count, long inflated, long packed)
    {
        _bytes += count;
        if (_bytes > Limits.MaxTotalBytes)
        {
            throw new ArchiveLimitException($"more than {Limits.MaxTotalBytes} bytes in all");
        }

        if (inflated > Limits.RatioFloorBytes && inflated / Math.Max(1, packed) > Limits.MaxRatio)
        {
            throw new ArchiveLimitException($"it inflates to more than {Limits.MaxRatio} times its size");
        }
    }
}
