using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Telemetry;

namespace RecordHub.Server.Pipeline;

/// <summary>
/// Hands outbox entries that are due to the bus. The database is the handoff: what the bus loses, or what dies with a
/// process, is due again when its lease ends.
/// </summary>
public sealed partial class OutboxDispatcher(
    IOutbox outbox, IBus bus, GiveUpStep giveUp, RunningSteps running, PipelineWaiter waiter, PipelineOptions options,
    TimeProvider time, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const string WorkerLost = "WorkerLost";

    private static readonly TimeSpan s_publishTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_failurePause = TimeSpan.FromSeconds(2);

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
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StorageDamagedException)
            {
                // It does not come back, and StoreWatch has said what to do: trying again would hide it.
                return;
            }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (FailureClassifier.Of(exception) == FailureClass.Transient)
                {
                    Log.Away(logger, exception.GetType().Name);
                }
                else
                {
                    Log.Failed(logger, exception.GetType().Name, exception.StackTrace ?? string.Empty);
                }

                await PauseAsync(stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task DispatchAsync(CancellationToken stopping)
    {
        IReadOnlyList<OutboxEntry> taken =
            await outbox.TakeAsync(options.Window, running.Owner, options.Lease, stopping).ConfigureAwait(false);
        if (taken.Count == 0)
        {
            await outbox.WaitAsync(options.PollInterval, stopping).ConfigureAwait(false);
            return;
        }

        await Task.WhenAll(InParts(taken).Select(entries => SendAsync(entries, stopping))).ConfigureAwait(false);
        await Task.Delay(options.PauseAfter(taken.Count, waiter.Waiting), time, stopping).ConfigureAwait(false);
    }

    // Items that came one after the other are often of one study, and cost less together. What has failed before, or was
    // with a worker that died, makes no company; nor do studies.
    private IEnumerable<OutboxEntry[]> InParts(IReadOnlyList<OutboxEntry> taken)
    {
        ILookup<bool, OutboxEntry> sociable = taken.ToLookup(
            static entry => entry is { Topic: OutboxTopic.Item, Attempts: 0, Lost: 0 });
        return sociable[true].Chunk(options.Together(sociable[true].Count()))
            .Concat(sociable[false].Select(entry => new[] { entry }));
    }

    private async Task SendAsync(OutboxEntry[] entries, CancellationToken stopping)
    {
        List<OutboxEntry> sent = [];
        foreach (OutboxEntry entry in entries)
        {
            if (entry is not { Topic: OutboxTopic.Item } || entry.Lost <= options.MaxLost)
            {
                sent.Add(entry);
            }
            else
            {
                await TryAsync([entry], () => GiveUpAsync(entry, stopping), stopping).ConfigureAwait(false);
            }
        }

        if (sent.Count > 0)
        {
            await TryAsync(sent, () => PublishAsync(sent, stopping), stopping).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(IReadOnlyList<OutboxEntry> entries, Func<Task> send, CancellationToken stopping)
    {
        try
        {
            await send().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a broker fails in many ways, and the entry stays in the outbox in each
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            foreach (OutboxEntry entry in entries)
            {
                HubMetrics.Dispatched(PipelineWords.Of(entry.Topic), sent: false);
                Log.NotSent(logger, entry.Topic, PipelineWords.NameOf(entry), exception.GetType().Name);

                // It was not the item's fault, so it does not count as an attempt.
                NextAttempt next = NextAttempt.After(FailureClass.Transient, entry, options);
                await PatientWrite.RunAsync(
                    () => outbox.PostponeAsync(
                        next.Entry, time.GetUtcNow() + (next.Pause ?? TimeSpan.Zero), exception.GetType().Name, stopping),
                    time, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task PublishAsync(IReadOnlyList<OutboxEntry> entries, CancellationToken stopping)
    {
        // A stop lets what is being handed over arrive: broken off, the bus would log a fault.
        using CancellationTokenSource patience = new(s_publishTimeout, time);
        using CancellationTokenRegistration hurry = stopping.Register(() => patience.CancelAfter(s_stopPatience));
        List<Activity?> spans = [];
        try
        {
            List<OutboxEntry> followed = [];
            foreach (OutboxEntry entry in entries)
            {
                spans.Add(TraceContext.Start(HubSources.Server, "dispatch outbox", ActivityKind.Producer, entry.Trace));
                followed.Add(entry with { Trace = spans[^1]?.Id ?? entry.Trace });
            }

            await HandOverAsync(followed, patience.Token).ConfigureAwait(false);
            foreach (OutboxEntry entry in entries)
            {
                HubMetrics.Dispatched(PipelineWords.Of(entry.Topic), sent: true);
            }
        }
        finally
        {
            spans.ForEach(span => span?.Dispose());
        }
    }

    private Task HandOverAsync(List<OutboxEntry> entries, CancellationToken cancellationToken) => entries[0].Topic switch
    {
        OutboxTopic.Item => bus.Publish<FileItems>(
            new FileItems { Items = [.. entries.Select(ToMessage)] }, static context => MustArrive(context), cancellationToken),
        _ => bus.Publish<RebuildStudy>(
            new RebuildStudy { Entry = entries[0].Number, Trace = entries[0].Trace },
            static context => MustArrive(context), cancellationToken),
    };

    private static FileItem ToMessage(OutboxEntry entry) => new()
    {
        Item = entry.Key,
        Generation = entry.Generation,
        Attempts = entry.Attempts,
        Setbacks = entry.Setbacks,
        Trace = entry.Trace,
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
        bool known = ItemId.TryParse(entry.Key, out ItemId item)
            && await giveUp.RunAsync(item, new GivenUp(entry.Attempts, WorkerLost), stopping).ConfigureAwait(false);
        if (!known)
        {
            await outbox.CompleteAsync(entry, stopping).ConfigureAwait(false);
        }

        Log.GaveUp(logger, entry.Key, entry.Lost);
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

        [LoggerMessage(3015, LogLevel.Warning, "The database is away, trying again: {Type}")]
        public static partial void Away(ILogger logger, string type);

        [LoggerMessage(3011, LogLevel.Warning, "{Topic} {Key} could not be handed to the bus, trying again: {Type}")]
        public static partial void NotSent(ILogger logger, OutboxTopic topic, string key, string type);

        [LoggerMessage(3012, LogLevel.Error, "Item {Item} is held: {Workers} workers died while they had it")]
        public static partial void GaveUp(ILogger logger, string item, int workers);
    }
}
