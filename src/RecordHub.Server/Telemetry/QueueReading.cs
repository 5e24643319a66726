using RecordHub.Core.Outbox;

namespace RecordHub.Server.Telemetry;

/// <summary>What one look found; null and empty where nothing answered.</summary>
internal sealed record QueueReading(
    OutboxDepth? Outbox, long? Abandoned, IReadOnlyList<(string Queue, long Messages)> Broker)
{
    public static QueueReading Nothing { get; } = new(null, null, []);
}
