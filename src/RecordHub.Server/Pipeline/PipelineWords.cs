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

    /// <summary>What a worker does about it.</summary>
    internal static string StepOf(OutboxTopic topic) => topic == OutboxTopic.Item ? "file item" : "rebuild study";

    /// <summary>The item, or the study's case.</summary>
    internal static string IdOf(OutboxEntry entry) =>
        entry.Topic == OutboxTopic.Study ? entry.Key.Split(' ')[0] : entry.Key;

    /// <summary>A study by its case alone: Study Instance UIDs are no matter for logs.</summary>
    internal static string NameOf(OutboxEntry entry) =>
        entry.Topic == OutboxTopic.Study ? $"of case {IdOf(entry)}" : entry.Key;
}
