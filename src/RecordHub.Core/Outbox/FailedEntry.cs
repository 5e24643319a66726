namespace RecordHub.Core.Outbox;

/// <summary>An entry whose last attempt failed.</summary>
public sealed record FailedEntry
{
    /// <summary>The entry with its counts.</summary>
    public required OutboxEntry Entry { get; init; }

    /// <summary>The type of the last error; never its text, which may quote a record.</summary>
    public required string Error { get; init; }

    /// <summary>When it failed first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is tried again; null when it was given up.</summary>
    public DateTimeOffset? Next { get; init; }
}
