namespace RecordHub.Storage.Backups;

/// <summary>A backup or a restore cannot be done, or is not whole; says why, and what to do.</summary>
public sealed class BackupException(string message, string advice) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Advice { get; } = advice;
}
