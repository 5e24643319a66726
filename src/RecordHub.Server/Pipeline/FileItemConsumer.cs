using MassTransit;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>Files one item. Its outbox row goes with the commit of the filing.</summary>
public sealed class FileItemConsumer(FilingStep step, StepRunner runner, PipelineWaiter waiter) : IConsumer<FileItem>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<FileItem> context)
    {
        ItemId item = ItemId.Parse(context.Message.Item);
        FileItem message = context.Message;
        OutboxEntry entry = new(OutboxTopic.Item, message.Item, message.Generation, message.Attempts)
        {
            Setbacks = message.Setbacks,
            Trace = message.Trace,
        };
        await runner.RunAsync(entry, stopping => step.RunAsync(item, stopping)).ConfigureAwait(false);
        waiter.Wake(item);
    }
}
