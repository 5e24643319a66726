namespace RecordHub.Storage;

/// <summary>
/// What many ask of one thread, which takes all that waits together. Its wait does not spin, as those of the collections do.
/// </summary>
internal sealed class WaitingQueue<T>
{
    private readonly object _gate = new();
    private readonly Queue<T> _waiting = [];
    private bool _ending;

    /// <summary>Adds one.</summary>
    /// <exception cref="ObjectDisposedException">The end was told already.</exception>
    internal void Add(T one)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ending, this);
            _waiting.Enqueue(one);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for one, and takes all that are there, up to a bound; false when the end was told and nothing is left.</summary>
    internal bool Take(List<T> taken, int most = int.MaxValue)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_ending)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            while (taken.Count < most && _waiting.TryDequeue(out T? one))
            {
                taken.Add(one);
            }

            return true;
        }
    }

    /// <summary>Nothing more is added.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _ending = true;
            Monitor.Pulse(_gate);
        }
    }
}
