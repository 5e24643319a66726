using MassTransit;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>Files items. Their outbox rows go with the commit of the filing.</summary>
public sealed class FileItemsConsumer(FilingStep step, StepRunner runner, PipelineWaiter waiter) : IConsumer<FileItems>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<FileItems> context)
    {
        IReadOnlyList<OutboxEntry> entries = [.. context.Message.Items.Select(ToEntry)];
        IReadOnlyList<OutboxEntry> alone = entries is [_] ? entries : await FileTogetherAsync(entries).ConfigureAwait(false);
        await runner.RunEachAsync(
            alone,
            async (entry, stopping) => await step.RunAsync(ItemId.Parse(entry.Key), stopping).ConfigureAwait(false),
            entry => waiter.Wake([ItemId.Parse(entry.Key)])).ConfigureAwait(false);
    }

    // What has no outcome of it is left.
    private async Task<IReadOnlyList<OutboxEntry>> FileTogetherAsync(IReadOnlyList<OutboxEntry> entries)
    {
        Dictionary<string, OutboxEntry> known = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        IReadOnlySet<ItemId> done = await runner.RunTogetherAsync(
            entries,
            (keys, stopping) => step.RunAsync(
                [.. keys.Select(ItemId.Parse)], item => StepRunner.Follow(known[item.ToString()]), stopping))
            .ConfigureAwait(false);
        waiter.Wake(done);
        return [.. entries.Where(entry => !done.Contains(ItemId.Parse(entry.Key)))];
    }

    private static OutboxEntry ToEntry(FileItem item) => new(OutboxTopic.Item, item.Item, item.Generation, item.Attempts)
    {
        Setbacks = item.Setbacks,
        Trace = item.Trace,
    };
}
