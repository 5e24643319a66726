namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// The one thread that flushes volumes. All that wait when a flush begins are answered for by it; who comes alone does
/// not wait for others.
/// </summary>
internal sealed class VolumeFlusher : IDisposable
{
    private readonly WaitingQueue<Waiter> _queue = new();
    private readonly Thread _thread;

    internal VolumeFlusher()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "Blob flusher" };
        _thread.Start();
    }

    /// <summary>Completes when what was written to the volume before this call is on the disk.</summary>
    internal Task FlushAsync(Volume volume)
    {
        Waiter waiter = new(volume);
        _queue.Add(waiter);
        return waiter.Task;
    }

    /// <summary>Flushes what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.End();
        _thread.Join();
    }

    private void Run()
    {
        List<Waiter> flushing = [];
        while (_queue.Take(flushing))
        {
            // Almost always one volume: two only while one is full and the next begins.
            foreach (IGrouping<Volume, Waiter> together in flushing.GroupBy(static waiter => waiter.Volume))
            {
                Flush(together.Key, together);
            }

            flushing.Clear();
        }
    }

    private static void Flush(Volume volume, IEnumerable<Waiter> waiters)
    {
        try
        {
            volume.Flush();
        }
        catch (IOException failure)
        {
            foreach (Waiter waiter in waiters)
            {
                waiter.SetException(failure);
            }

            return;
        }

        foreach (Waiter waiter in waiters)
        {
            waiter.SetResult();
        }
    }

    private sealed class Waiter(Volume volume) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal Volume Volume => volume;
    }
}
