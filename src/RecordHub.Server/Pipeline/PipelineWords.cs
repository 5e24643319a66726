using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>The words that logs, measurements and spans of the pipeline use. Pure.</summary>
internal static class PipelineWords
{
    internal static string Of(OutboxTopic topic) => topic == OutboxTopic.Item ? "item" : "study";

    internal static string Of(FailureClass failure) => failure switch
    {
        FailureClass.Conflict => "conflict",
        FailureClass.Transient => "transient",
        _ => "poison",
    };

    /// <summary>A study by its case alone: Study Instance UIDs are no matter for logs.</summary>
    internal static string NameOf(OutboxEntry entry) =>
        entry.Topic == OutboxTopic.Study ? $"of case {entry.Key.Split(' ')[0]}" : entry.Key;
}
