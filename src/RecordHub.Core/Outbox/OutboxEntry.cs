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
    /// <summary>Times that it was put off because an engine was away; they count towards the pause and nothing else.</summary>
    public int Setbacks { get; init; }

    /// <summary>Leases that ran out: whoever worked on it died, perhaps of it.</summary>
    public int Lost { get; init; }
}
