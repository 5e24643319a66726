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
    IOutbox outbox, IBus bus, GiveUpStep giveUp, RunningSteps running, PipelineOptions options, TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int MostTogether = 32;
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

        await Task.WhenAll(taken.Select(entry => SendAsync(entry, stopping))).ConfigureAwait(false);
        if (taken.Count < MostTogether)
        {
            await Task.Delay(options.GatherInterval, time, stopping).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(OutboxEntry entry, CancellationToken stopping)
    {
        try
        {
            if (entry is { Topic: OutboxTopic.Item } && entry.Lost > options.MaxLost)
            {
                await GiveUpAsync(entry, stopping).ConfigureAwait(false);
                return;
            }

            // A stop lets what is being handed over arrive: broken off, the bus would log a fault.
            using CancellationTokenSource patience = new(s_publishTimeout, time);
            using CancellationTokenRegistration hurry = stopping.Register(() => patience.CancelAfter(s_stopPatience));
            using Activity? span =
                TraceContext.Start(HubSources.Server, "dispatch outbox", ActivityKind.Producer, entry.Trace);
            await PublishAsync(entry with { Trace = span?.Id ?? entry.Trace }, patience.Token).ConfigureAwait(false);
            HubMetrics.Dispatched(PipelineWords.Of(entry.Topic), sent: true);
        }
#pragma warning disable CA1031 // a broker fails in many ways, and the entry stays in the outbox in each
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
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

    private Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken) => entry.Topic switch
    {
        OutboxTopic.Item => bus.Publish<FileItem>(
            new FileItem
            {
                Item = entry.Key,
                Generation = entry.Generation,
                Attempts = entry.Attempts,
                Setbacks = entry.Setbacks,
                Trace = entry.Trace,
            },
            static context => MustArrive(context), cancellationToken),
        _ => bus.Publish<RebuildStudy>(
            new RebuildStudy { Entry = entry.Number, Trace = entry.Trace },
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
