using System.Diagnostics;
using System.Numerics;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Telemetry;

namespace RecordHub.Server.Pipeline;

/// <summary>Runs a step; one that fails is put off in the outbox, so that no failure is ever lost in a broker.</summary>
public sealed partial class StepRunner(
    IOutbox outbox, GiveUpStep giveUp, RunningSteps running, PipelineOptions options, TimeProvider time,
    ILogger<StepRunner> logger) : IDisposable
{
    private readonly SemaphoreSlim _each = new(options.MostSteps, options.MostSteps);

    /// <inheritdoc />
    public void Dispose() => _each.Dispose();

    /// <summary>
    /// The entry of a number, as soon as the database answers; null when it is done, or this process begins nothing more.
    /// </summary>
    public async Task<OutboxEntry?> FindAsync(long number)
    {
        OutboxEntry? found = null;
        try
        {
            await PatientWrite.RunAsync(
                async () => found = await outbox.FindAsync(number, running.GraceOver).ConfigureAwait(false),
                time, running.GraceOver).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the boundary of a consumer; what was not found is due again when its lease ends
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotFound(logger, number, exception.GetType().Name);
        }

        return found;
    }

    /// <summary>
    /// Runs the step for the entry, unless it was done meanwhile: what is handed out twice is worked on once. Does not fail.
    /// </summary>
    public async Task RunAsync(OutboxEntry entry, Func<CancellationToken, Task> step)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(step);
        if (!running.TryEnter(entry, out Guid id))
        {
            await GiveBackAsync(entry).ConfigureAwait(false);
            return;
        }

        using Activity? span = Follow(entry);
        long start = time.GetTimestamp();
        try
        {
            if (await outbox.IsWaitingAsync(entry.Topic, entry.Key, running.GraceOver).ConfigureAwait(false))
            {
                await step(running.GraceOver).ConfigureAwait(false);
                TimeSpan took = time.GetElapsedTime(start);
                HubMetrics.Step(PipelineWords.Of(entry.Topic), "done", took);
                Log.Done(logger, entry.Topic, PipelineWords.NameOf(entry), took.TotalMilliseconds);
            }
        }
        catch (OperationCanceledException) when (running.GraceOver.IsCancellationRequested)
        {
            await GiveBackAsync(entry).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the boundary of a consumer
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string failure = PipelineWords.Of(FailureClassifier.Of(exception));
            HubMetrics.Step(PipelineWords.Of(entry.Topic), failure, time.GetElapsedTime(start));
            span?.SetStatus(ActivityStatusCode.Error, failure).SetTag(SpanTags.Error, exception.GetType().Name);
            await TryAsync(entry, () => FailAsync(entry, exception)).ConfigureAwait(false);
        }
        finally
        {
            running.Leave(id);
        }
    }

    /// <summary>
    /// Runs a step for items together, without those that were done meanwhile. Gives those that it did; that of the others
    /// nothing is done is all that a failure means here, for each is then run by itself, and fails by itself if it must.
    /// </summary>
    internal async Task<IReadOnlySet<ItemId>> RunTogetherAsync(
        IReadOnlyList<OutboxEntry> entries,
        Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlySet<ItemId>>> step)
    {
        List<Guid> entered = [];
        await _each.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        long start = time.GetTimestamp();
        try
        {
            foreach (OutboxEntry entry in entries)
            {
                if (!running.TryEnter(entry, out Guid id))
                {
                    return new HashSet<ItemId>();
                }

                entered.Add(id);
            }

            IReadOnlySet<string> waiting = await outbox.WhichWaitAsync(
                OutboxTopic.Item, [.. entries.Select(entry => entry.Key)], running.GraceOver).ConfigureAwait(false);
            IReadOnlySet<ItemId> done = await step(
                [.. entries.Select(entry => entry.Key).Where(waiting.Contains)], running.GraceOver).ConfigureAwait(false);
            TimeSpan each = time.GetElapsedTime(start) / Math.Max(1, done.Count);
            for (int i = 0; i < done.Count; i++)
            {
                HubMetrics.Step(PipelineWords.Of(OutboxTopic.Item), "done", each);
            }

            Log.DoneTogether(logger, done.Count, entries.Count, time.GetElapsedTime(start).TotalMilliseconds);
            return done;
        }
#pragma warning disable CA1031 // each of them is run again by itself, and its failure is noted there
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotTogether(logger, entries.Count, exception.GetType().Name);
            return new HashSet<ItemId>();
        }
        finally
        {
            entered.ForEach(running.Leave);
            _each.Release();
        }
    }

    /// <summary>
    /// Runs a step for each entry by itself, some at a time: over all callers no more than steps that run at a time.
    /// </summary>
    internal Task RunEachAsync(
        IReadOnlyList<OutboxEntry> entries, Func<OutboxEntry, CancellationToken, Task> step, Action<OutboxEntry> done) =>
        Parallel.ForEachAsync(
            entries, new ParallelOptions { MaxDegreeOfParallelism = options.MostSteps },
            async (entry, _) =>
            {
                await _each.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                try
                {
                    await RunAsync(entry, stopping => step(entry, stopping)).ConfigureAwait(false);
                }
                finally
                {
                    _each.Release();
                }

                done(entry);
            });

    /// <summary>Begins the span of an entry's step; null when nobody follows it.</summary>
    internal static Activity? Follow(OutboxEntry entry)
    {
        Activity? span = TraceContext.Start(
            HubSources.Server, PipelineWords.StepOf(entry.Topic), ActivityKind.Consumer, entry.Trace);
        span?.SetTag(entry.Topic == OutboxTopic.Item ? SpanTags.Item : SpanTags.Case, PipelineWords.IdOf(entry));
        span?.SetTag(SpanTags.Attempt, entry.Attempts + entry.Setbacks + 1);
        return span;
    }

    private async Task FailAsync(OutboxEntry entry, Exception exception)
    {
        FailureClass failure = FailureClassifier.Of(exception);
        NextAttempt next = NextAttempt.After(failure, entry, options);

        // The type and the place, not the text: another's message may quote what it read.
        string type = exception.GetType().Name;
        if (next.Pause is not { } pause)
        {
            Log.GaveUp(logger, entry.Key, next.Entry.Attempts, type, exception.StackTrace ?? string.Empty);
            await giveUp.RunAsync(ItemId.Parse(entry.Key), new GivenUp(next.Entry.Attempts, type), CancellationToken.None)
                .ConfigureAwait(false);
            return;
        }

        switch (failure)
        {
            case FailureClass.Poison:
                Log.Failed(
                    logger, entry.Topic, PipelineWords.NameOf(entry), next.Entry.Attempts, pause.TotalSeconds, type,
                    exception.StackTrace ?? string.Empty);
                break;
            case FailureClass.Transient when BitOperations.IsPow2(next.Entry.Setbacks):
                Log.PutOff(logger, entry.Topic, PipelineWords.NameOf(entry), next.Entry.Setbacks, pause.TotalSeconds, type);
                break;
        }

        await outbox.PostponeAsync(next.Entry, time.GetUtcNow() + pause, type, CancellationToken.None)
            .ConfigureAwait(false);
    }

    private Task GiveBackAsync(OutboxEntry entry) => options.BrokerUri is null
        ? Task.CompletedTask // All of it is given back at once, see LeaseKeeper.
        : TryAsync(entry, () => outbox.HandBackAsync(entry, CancellationToken.None));

    private async Task TryAsync(OutboxEntry entry, Func<Task> write)
    {
        try
        {
            await PatientWrite.RunAsync(write, time, running.GraceOver).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the boundary of a consumer; the database may be what is away
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotNoted(logger, entry.Topic, PipelineWords.NameOf(entry), exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Debug, "{Topic} {Key} done in {Milliseconds:F0} ms")]
        public static partial void Done(ILogger logger, OutboxTopic topic, string key, double milliseconds);

        [LoggerMessage(3007, LogLevel.Debug, "{Done} of {Items} items done together in {Milliseconds:F0} ms")]
        public static partial void DoneTogether(ILogger logger, int done, int items, double milliseconds);

        [LoggerMessage(3008, LogLevel.Information, "{Items} items are done one by one, as together they failed: {Type}")]
        public static partial void NotTogether(ILogger logger, int items, string type);

        [LoggerMessage(
            3002, LogLevel.Error, "{Topic} {Key} failed at attempt {Attempt}; again in {Seconds:F0} s: {Type}\n{Trace}")]
        public static partial void Failed(
            ILogger logger, OutboxTopic topic, string key, int attempt, double seconds, string type, string trace);

        [LoggerMessage(
            3003, LogLevel.Warning, "{Topic} {Key} waits for the database, the blobs or the broker, put off {Times} times, again in {Seconds:F0} s: {Type}")]
        public static partial void PutOff(
            ILogger logger, OutboxTopic topic, string key, int times, double seconds, string type);

        [LoggerMessage(3004, LogLevel.Error, "Item {Item} is held: processing it failed {Attempts} times; see recordhub pipeline failed: {Type}\n{Trace}")]
        public static partial void GaveUp(ILogger logger, string item, int attempts, string type, string trace);

        [LoggerMessage(3005, LogLevel.Warning, "{Topic} {Key} is due again when its lease ends, as its failure could not be noted: {Type}")]
        public static partial void NotNoted(ILogger logger, OutboxTopic topic, string key, string type);

        [LoggerMessage(3006, LogLevel.Warning, "Entry {Number} is due again when its lease ends, as it could not be read: {Type}")]
        public static partial void NotFound(ILogger logger, long number, string type);
    }
}
