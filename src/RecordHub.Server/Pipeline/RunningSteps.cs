using System.Collections.Concurrent;
using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>What this process works on just now, and whether it still begins anything.</summary>
public sealed class RunningSteps : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<Guid, OutboxEntry> _running = [];
    private readonly CancellationTokenSource _graceOver = new();
    private volatile bool _closed;

    /// <summary>What this process is called in the leases that it takes.</summary>
    internal string Owner { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What runs.</summary>
    internal IReadOnlyCollection<OutboxEntry> Entries => [.. _running.Values];

    /// <summary>Told to steps that still run when the grace is over.</summary>
    internal CancellationToken GraceOver => _graceOver.Token;

    /// <summary>Notes that a step begins; false when this process begins none any more.</summary>
    internal bool TryEnter(OutboxEntry entry, out Guid id)
    {
        id = Guid.NewGuid();
        _running[id] = entry;
        if (!_closed)
        {
            return true;
        }

        Leave(id);
        return false;
    }

    internal void Leave(Guid id) => _running.TryRemove(id, out _);

    /// <summary>Begins nothing more, waits for what runs, and then tells the rest to end.</summary>
    internal async Task DrainAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        _closed = true;
        await EmptyAsync(grace).ConfigureAwait(false);
        await _graceOver.CancelAsync().ConfigureAwait(false);
        await EmptyAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);

        async Task EmptyAsync(TimeSpan atMost)
        {
            long start = time.GetTimestamp();
            while (!_running.IsEmpty && time.GetElapsedTime(start) < atMost && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(s_look, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _graceOver.Dispose();
}
