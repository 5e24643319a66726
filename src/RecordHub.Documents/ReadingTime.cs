namespace RecordHub.Documents;

/// <summary>What is left of the time that several documents may take together, from when this is made.</summary>
public sealed class ReadingTime(TimeSpan most)
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>The limits of the next document; null when the time is over.</summary>
    public DocumentLimits? Next(DocumentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        TimeSpan left = most - TimeProvider.System.GetElapsedTime(_start);
        return left <= TimeSpan.Zero ? null : limits with { MaxDuration = left < limits.MaxDuration ? left : limits.MaxDuration };
    }
}
