namespace RecordHub.Server.Pipeline;

/// <summary>How received items travel to the steps that work on them.</summary>
public sealed record PipelineOptions
{
    /// <summary>The RabbitMQ broker; null is the transport in memory.</summary>
    public Uri? BrokerUri { get; init; }

    /// <summary>What precedes the names of queues, so that several installations can share a broker.</summary>
    public string QueuePrefix { get; init; } = "recordhub";

    /// <summary>Items on their way at a time, over all processes.</summary>
    public int Window { get; init; } = 512;

    /// <summary>Steps that run at a time in this process.</summary>
    public int Concurrency { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>How long a step may take before its entry is handed out again.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the outbox is looked at when nothing in this process says that there is something.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause after the first failure; it doubles with each.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts after which an item is held for a person, with reason <c>processing-failed</c>.</summary>
    public int MaxAttempts { get; init; } = 8;
}
