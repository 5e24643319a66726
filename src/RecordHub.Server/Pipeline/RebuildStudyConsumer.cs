using MassTransit;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Server.Pipeline;

/// <summary>Rebuilds one study. Its outbox row goes with the commit, unless more of the study came meanwhile.</summary>
public sealed class RebuildStudyConsumer(StudyStep step, StepRunner runner) : IConsumer<RebuildStudy>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<RebuildStudy> context)
    {
        RebuildStudy message = context.Message;
        OutboxEntry entry = new(OutboxTopic.Study, message.Key, message.Generation, message.Attempts)
        {
            Setbacks = message.Setbacks,
        };
        return runner.RunAsync(
            entry, stopping => step.RunAsync(StudyKeys.Parse(message.Key), message.Generation, stopping));
    }
}
