namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>Prepares the volume that comes next while another is appended to: one at a time, by a thread of its own.</summary>
internal sealed class VolumePreparer(VolumeFolder folder, long leastFree) : IDisposable
{
    // Where room is scarce, none is taken that nothing needs yet.
    private const long LeastFree = 1L << 30;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private Thread? _thread;
    private TaskCompletionSource? _done;
    private Volume? _ready;
    private bool _ended;

    /// <summary>Whether one is ready to be taken.</summary>
    internal bool IsReady => Volatile.Read(ref _ready) is not null;

    /// <summary>
    /// Begins with one, unless that was done since the last was taken. Completes when one is ready, or cannot be.
    /// </summary>
    internal Task Begin()
    {
        lock (_lock)
        {
            if (_done is null && !_ended)
            {
                _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _thread = new Thread(Run) { IsBackground = true, Name = "Volume preparer" };
                _thread.Start(_done);
            }

            return _done?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Takes the one that is ready, so that another may be begun with; null when none is.</summary>
    internal Volume? Take()
    {
        lock (_lock)
        {
            Volume? ready = Interlocked.Exchange(ref _ready, null);
            if (ready is not null || _done?.Task.IsCompleted == true)
            {
                _done = null;
            }

            return ready;
        }
    }

    /// <summary>Ends, and removes what nobody took.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _stopping.Cancel();
            thread = _thread;
        }

        thread?.Join();
        Take()?.Remove();
        _stopping.Dispose();
    }

    // Whoever appends hears what is the matter with the disk; here it was only to be faster.
    private void Run(object? done)
    {
        Volume? volume = null;
        try
        {
            if (new DriveInfo(folder.Root).AvailableFreeSpace < leastFree + LeastFree)
            {
                return;
            }

            volume = new Volume(folder);
            if (volume.Prepare(VolumeSet.MostBytes, _stopping.Token))
            {
                Volatile.Write(ref _ready, volume);
                volume = null;
            }
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is not null)
        {
            // None is ready.
        }
        finally
        {
            volume?.Remove();
            ((TaskCompletionSource)done!).SetResult();
        }
    }
}
