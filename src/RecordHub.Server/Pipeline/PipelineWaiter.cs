using System.Collections.Concurrent;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>Waits for what became of received items, whichever process works on them.</summary>
public sealed class PipelineWaiter(IOutbox outbox, IItemStore items, PipelineOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ItemId, TaskCompletionSource> _waiting = [];

    /// <summary>
    /// Whether somebody waits in this process for the outcome of an item, or of a few: who waits for many at once has them
    /// sooner when they are taken together.
    /// </summary>
    internal bool IsWaitedFor => _waiting.Count is var count && count > 0 && count < options.FewestTogether;

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
                Task woken = _waiting.GetOrAdd(
                    item, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                if (!await outbox.IsWaitingAsync(OutboxTopic.Item, item.ToString(), cancellationToken).ConfigureAwait(false))
                {
                    return await items.FindRecordsAsync(item, AccessScope.All, cancellationToken).ConfigureAwait(false);
                }

                TimeSpan left = atMost - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    return [];
                }

                await PauseAsync(woken, left, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Tells those who wait for an item in this process to look.</summary>
    internal void Wake(ItemId item)
    {
        if (_waiting.TryRemove(item, out TaskCompletionSource? waiting))
        {
            waiting.SetResult();
        }
    }

    private async Task PauseAsync(Task woken, TimeSpan left, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan pause = left < options.PollInterval ? left : options.PollInterval;
        await Task.WhenAny(woken, Task.Delay(pause, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
