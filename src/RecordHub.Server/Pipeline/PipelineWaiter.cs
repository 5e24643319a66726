using System.Collections.Concurrent;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>Waits for what became of received items, whichever process works on them.</summary>
public sealed class PipelineWaiter(IOutbox outbox, IItemStore items, PipelineOptions options, TimeProvider time)
{
    // Each is given the reading that answers for all who are woken together.
    private readonly ConcurrentDictionary<ItemId, TaskCompletionSource<Task<Outcomes>>> _waiting = [];

    /// <summary>Items whose outcome somebody in this process waits for.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>The records of an item once it has its outcome; empty when it has none within the time.</summary>
    public async Task<IReadOnlyList<HeldRecord>> WaitAsync(
        ItemId item, TimeSpan atMost, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        try
        {
            while (true)
            {
                // Before looking, so that an outcome between the look and the wait is not missed.
                Task<Task<Outcomes>> woken = _waiting.GetOrAdd(
                    item,
                    static _ => new TaskCompletionSource<Task<Outcomes>>(TaskCreationOptions.RunContinuationsAsynchronously))
                    .Task;
                if (!await outbox.IsWaitingAsync(OutboxTopic.Item, item.ToString(), cancellationToken).ConfigureAwait(false))
                {
                    return await items.FindRecordsAsync(item, AccessScope.All, cancellationToken).ConfigureAwait(false);
                }

                TimeSpan left = atMost - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    return [];
                }

                if (await IsWokenAsync(woken, left, cancellationToken).ConfigureAwait(false))
                {
                    Task<Outcomes> reading = await woken.ConfigureAwait(false);
                    Outcomes outcomes = await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
                    if (!outcomes.Waiting.Contains(item.ToString()))
                    {
                        return [.. outcomes.Records[item]];
                    }
                }
            }
        }
        finally
        {
            // Another who waits for the same item looks by itself after a while.
            _waiting.TryRemove(item, out _);
        }
    }

    /// <summary>Waits until nothing is left to be done, studies included; false when something is after the time.</summary>
    public async Task<bool> WaitUntilIdleAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (await outbox.CountAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            TimeSpan left = atMost - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            TimeSpan pause = TimeSpan.FromMilliseconds(20);
            await Task.Delay(left < pause ? left : pause, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Tells those who wait in this process for one of the items to look.</summary>
    internal void Wake(IEnumerable<ItemId> done)
    {
        List<ItemId> together = [];
        List<TaskCompletionSource<Task<Outcomes>>> woken = [];
        foreach (ItemId item in done)
        {
            if (_waiting.TryRemove(item, out TaskCompletionSource<Task<Outcomes>>? waiting))
            {
                together.Add(item);
                woken.Add(waiting);
            }
        }

        if (woken.Count > 0)
        {
            Task<Outcomes> reading = Task.Run(() => ReadAsync(together));
            woken.ForEach(waiting => waiting.SetResult(reading));
        }
    }

    // One of them may give up; the others still want it.
    private async Task<Outcomes> ReadAsync(List<ItemId> together)
    {
        IReadOnlySet<string> waiting = await outbox.WhichWaitAsync(
            OutboxTopic.Item, [.. together.Select(static item => item.ToString())], CancellationToken.None).ConfigureAwait(false);
        IReadOnlyList<HeldRecord> records = await items.FindRecordsAsync(
            [.. together.Where(item => !waiting.Contains(item.ToString()))], AccessScope.All, CancellationToken.None)
            .ConfigureAwait(false);
        return new Outcomes(waiting, records.ToLookup(static record => record.Id.Item));
    }

    private async Task<bool> IsWokenAsync(Task woken, TimeSpan left, CancellationToken cancellationToken)
    {
        try
        {
            await woken.WaitAsync(left < options.PollInterval ? left : options.PollInterval, time, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private sealed record Outcomes(IReadOnlySet<string> Waiting, ILookup<ItemId, HeldRecord> Records);
}
