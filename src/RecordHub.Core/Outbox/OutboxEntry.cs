namespace RecordHub.Core.Outbox;

/// <summary>
/// One thing to be done, unique on (topic, key). Asking for it again while it waits raises its generation; it is done
/// when a step completes the generation that it read.
/// </summary>
/// <param name="Topic">What is asked for.</param>
/// <param name="Key">Of what.</param>
/// <param name="Generation">How often it was asked for.</param>
/// <param name="Attempts">Times that working on it failed by itself.</param>
public sealed record OutboxEntry(OutboxTopic Topic, string Key, long Generation, int Attempts)
{
    /// <summary>The row's number: what a message says of a study, whose key names it.</summary>
    public long Number { get; init; }

    /// <summary>The W3C traceparent of whoever asked; null when nobody follows it.</summary>
    public string? Trace { get; init; }

    /// <summary>Times that it was put off because an engine was away; they count towards the pause and nothing else.</summary>
    public int Setbacks { get; init; }

    /// <summary>Leases that ran out: whoever worked on it died, perhaps of it.</summary>
    public int Lost { get; init; }

    /// <summary>Without the key: a study's holds its Study Instance UID.</summary>
    public override string ToString() => $"{nameof(OutboxEntry)} {Topic} {Number}";
}
