using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Storage;

namespace RecordHub.Server.Pipeline;

/// <summary>
/// Hands outbox entries that are due to the bus. The database is the handoff: what the bus loses, or what dies with a
/// process, is due again when its lease ends.
/// </summary>
public sealed partial class OutboxDispatcher(
    IOutbox outbox, IBus bus, GiveUpStep giveUp, PipelineOptions options, RecordHubStorage storage, TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan s_publishTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_failurePause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _nextSweep;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool released = options.BrokerUri is not null; // A broker keeps its messages over our restart.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!released)
                {
                    await outbox.ReleaseAllAsync(stoppingToken).ConfigureAwait(false);
                    released = true;
                }

                await DispatchAsync(stoppingToken).ConfigureAwait(false);
                await SweepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.Failed(logger, exception.GetType().Name, exception.StackTrace ?? string.Empty);
                await PauseAsync(stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task DispatchAsync(CancellationToken stopping)
    {
        IReadOnlyList<OutboxEntry> taken =
            await outbox.TakeAsync(options.Window, options.Lease, stopping).ConfigureAwait(false);
        if (taken.Count == 0)
        {
            await outbox.WaitAsync(options.PollInterval, stopping).ConfigureAwait(false);
            return;
        }

        await Task.WhenAll(taken.Select(entry => SendAsync(entry, stopping))).ConfigureAwait(false);
    }

    private async Task SendAsync(OutboxEntry entry, CancellationToken stopping)
    {
        try
        {
            if (entry is { Topic: OutboxTopic.Item } && entry.Attempts > options.MaxAttempts)
            {
                await GiveUpAsync(entry, stopping).ConfigureAwait(false);
                return;
            }

            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            patience.CancelAfter(s_publishTimeout);
            await PublishAsync(entry, patience.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a broker fails in many ways, and the entry stays in the outbox in each
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotSent(logger, entry.Topic, entry.Key, exception.GetType().Name);

            // It was not the item's fault, so it does not count as an attempt.
            await outbox.PostponeWhenBackAsync(
                exception is StorageAwayException ? entry : entry with { Attempts = entry.Attempts - 1 }, s_failurePause,
                exception, time, stopping).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken) => entry.Topic switch
    {
        OutboxTopic.Item => bus.Publish<FileItem>(
            new FileItem { Item = entry.Key, Generation = entry.Generation, Attempt = entry.Attempts },
            static context => MustArrive(context), cancellationToken),
        _ => bus.Publish<RebuildStudy>(
            new RebuildStudy { Key = entry.Key, Generation = entry.Generation, Attempt = entry.Attempts },
            static context => MustArrive(context), cancellationToken),
    };

    // A broker drops what no queue is bound for, as before a first worker; so told, the entry is sent again soon.
    private static void MustArrive(PublishContext context)
    {
        if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
        {
            rabbit.Mandatory = true;
        }
    }

    private async Task GiveUpAsync(OutboxEntry entry, CancellationToken stopping)
    {
        int attempts = entry.Attempts - 1;
        bool known = ItemId.TryParse(entry.Key, out ItemId item)
            && await giveUp.RunAsync(item, attempts, stopping).ConfigureAwait(false);
        if (!known)
        {
            await outbox.CompleteAsync(entry, stopping).ConfigureAwait(false);
        }

        Log.GaveUp(logger, entry.Key, attempts);
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + s_sweepInterval;
        int removed = await storage.SweepAsync(stopping).ConfigureAwait(false);
        if (removed > 0)
        {
            Log.Swept(logger, removed);
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(s_failurePause, time, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop ends.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Error, "The outbox could not be read or written, trying again: {Type}\n{Trace}")]
        public static partial void Failed(ILogger logger, string type, string trace);

        [LoggerMessage(3011, LogLevel.Warning, "{Topic} {Key} could not be handed to the bus, trying again: {Type}")]
        public static partial void NotSent(ILogger logger, OutboxTopic topic, string key, string type);

        [LoggerMessage(3012, LogLevel.Error, "Item {Item} is held: processing it failed {Attempts} times")]
        public static partial void GaveUp(ILogger logger, string item, int attempts);

        [LoggerMessage(3013, LogLevel.Information, "{Count} blobs that nothing names any more were removed")]
        public static partial void Swept(ILogger logger, int count);
    }
}
