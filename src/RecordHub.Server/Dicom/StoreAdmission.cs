using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>
/// Bounds the instances that are being received and are not durable yet, and their bytes: in all, and of one site. A
/// sender is first held back, by not reading what it sends, and then told A700.
/// </summary>
/// <remarks>An instance that was let in is never stopped: its bytes keep others out until it is durable.</remarks>
public sealed class StoreAdmission(RecordHubOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Usage _all = new();
    private readonly Dictionary<string, Usage> _bySite = new(StringComparer.Ordinal);
    private TaskCompletionSource? _changed;

    /// <summary>Lets an instance in; null when there was no room for it in time.</summary>
    public async ValueTask<AdmittedStore?> EnterAsync(SiteOptions? site, CancellationToken cancellationToken)
    {
        long since = time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                Usage? ofSite = UsageOf(site);
                DicomLimits limits = options.DicomLimits;
                if (_all.HasRoom(limits.MaxInstancesInFlight, limits.MaxBytesInFlight)
                    && (site is null || ofSite is null || ofSite.HasRoom(
                        site.Limits.MaxInstancesInFlight ?? limits.MaxInstancesInFlight,
                        site.Limits.MaxBytesInFlight ?? limits.MaxBytesInFlight)))
                {
                    _all.Instances++;
                    if (ofSite is not null)
                    {
                        ofSite.Instances++;
                    }

                    return new AdmittedStore(this, ofSite);
                }

                changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            TimeSpan left = options.DicomLimits.AdmissionWait - time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            try
            {
                await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    internal void Add(Usage? ofSite, long bytes)
    {
        lock (_lock)
        {
            _all.Bytes += bytes;
            if (ofSite is not null)
            {
                ofSite.Bytes += bytes;
            }
        }
    }

    internal void Leave(Usage? ofSite, long bytes)
    {
        TaskCompletionSource? changed;
        lock (_lock)
        {
            _all.Remove(bytes);
            ofSite?.Remove(bytes);
            changed = _changed;
            _changed = null;
        }

        changed?.SetResult();
    }

    private Usage? UsageOf(SiteOptions? site)
    {
        if (site is null)
        {
            return null;
        }

        if (!_bySite.TryGetValue(site.Name, out Usage? usage))
        {
            _bySite[site.Name] = usage = new Usage();
        }

        return usage;
    }

    internal sealed class Usage
    {
        public int Instances { get; set; }

        public long Bytes { get; set; }

        public bool HasRoom(int instances, long bytes) => Instances < instances && Bytes < bytes;

        public void Remove(long bytes)
        {
            Instances--;
            Bytes -= bytes;
        }
    }
}
