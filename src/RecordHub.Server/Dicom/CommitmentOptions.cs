namespace RecordHub.Server.Dicom;

/// <summary>How requests for storage commitment are worked on.</summary>
public sealed record CommitmentOptions
{
    /// <summary>The pause after a report that did not arrive; it doubles with each (<c>Dicom:CommitmentRetrySeconds</c>).</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a sender that does not confirm is told again (<c>Dicom:CommitmentHours</c>).</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often the store is looked at when nothing in this process says that there is something.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an association is left alone after its last message before a report goes out on it.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Requests that are worked on at a time.</summary>
    public int AtATime { get; init; } = 4;

    /// <summary>How long one may take before it is handed out again.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest action information that is read: some fifty thousand instances.</summary>
    public int MaxRequestBytes { get; init; } = 8 << 20;
}
