using MassTransit;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Server.Pipeline;

/// <summary>Rebuilds one study. Its outbox row goes with the commit, unless more of the study came meanwhile.</summary>
public sealed class RebuildStudyConsumer(StudyStep step, StepRunner runner) : IConsumer<RebuildStudy>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<RebuildStudy> context)
    {
        RebuildStudy message = context.Message;
        if (await runner.FindAsync(message.Entry).ConfigureAwait(false) is not { Topic: OutboxTopic.Study } entry)
        {
            return; // Done meanwhile, or due again when its lease ends.
        }

        await runner.RunAsync(
            entry with { Trace = message.Trace ?? entry.Trace },
            stopping => step.RunAsync(StudyKeys.Parse(entry.Key), entry.Generation, stopping)).ConfigureAwait(false);
    }
}
