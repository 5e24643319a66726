using MassTransit;
using RecordHub.Core.Intake;
using RecordHub.Server.Pulling;
using RecordHub.Storage;

namespace RecordHub.Server.Pipeline;

/// <summary>Which parts work. Many may ask at once: they share one look, and the next is a second later.</summary>
public sealed class Readiness(
    RecordHubStorage storage, IBlobStore blobs, Backlog backlog, PipelineOptions options, TimeProvider time,
    IBusControl? bus = null, PullWatch? pulls = null) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<ReadinessPart> _parts = [];
    private long _looked;

    /// <summary>What the parts say.</summary>
    public async Task<IReadOnlyList<ReadinessPart>> LookAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_parts.Count == 0 || time.GetElapsedTime(_looked) > s_fresh)
            {
                _parts = await LookAtAllAsync(cancellationToken).ConfigureAwait(false);
                _looked = time.GetTimestamp();
            }

            return _parts;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<ReadinessPart>> LookAtAllAsync(CancellationToken cancellationToken)
    {
        List<ReadinessPart> parts =
        [
            await TryAsync("database", "The database does not answer.", storage.PingAsync, cancellationToken)
                .ConfigureAwait(false),
            await TryAsync("blobs", "The blobs cannot be written.", BeginBlobAsync, cancellationToken).ConfigureAwait(false),
            new ReadinessPart("disk", Needed: true, DiskTrouble()),
            new ReadinessPart("queue", Needed: true, backlog.IsFull
                ? $"{backlog.Waiting} entries wait to be filed, and Pipeline:MaxWaiting is {options.MaxWaiting}." : null),
        ];
        if (storage.WaitingBytes > 0)
        {
            parts.Add(new ReadinessPart(
                "objectStore", Needed: false, $"{storage.WaitingBytes} bytes wait for the object store."));
        }

        if (bus is not null && options.BrokerUri is not null)
        {
            parts.Add(new ReadinessPart("broker", Needed: false, bus.CheckHealth().Status == BusHealthStatus.Healthy
                ? null : "The broker does not answer; what comes in is kept and filed when it does."));
        }

        if (pulls is not null)
        {
            parts.AddRange(await pulls.LookAsync(cancellationToken).ConfigureAwait(false));
        }

        return parts;
    }

    private string? DiskTrouble()
    {
        try
        {
            return storage.HasRoom ? null : "Free space is below Blobs:MinFreeBytes; nothing more is taken.";
        }
        catch (StorageAwayException away)
        {
            return $"{away.Message} Put it back, or start again with the right one.";
        }
    }

    // A full disk has a part of its own.
    private async Task BeginBlobAsync(CancellationToken cancellationToken)
    {
        try
        {
            IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, cancellationToken).ConfigureAwait(false);
            await writer.DisposeAsync().ConfigureAwait(false);
        }
        catch (StorageFullException) when (!storage.HasRoom)
        {
            // Said there.
        }
    }

    private async Task<ReadinessPart> TryAsync(
        string name, string trouble, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken).WaitAsync(s_patience, time, cancellationToken).ConfigureAwait(false);
            return new ReadinessPart(name, Needed: true, null);
        }
        catch (StorageFullException full)
        {
            return new ReadinessPart(name, Needed: true, $"{full.Message} Make room there; nothing more is taken.");
        }
        catch (StorageDamagedException damaged)
        {
            return new ReadinessPart(name, Needed: true, damaged.Message);
        }
#pragma warning disable CA1031 // whatever it is, this part does not work; its text may name a host or a path
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new ReadinessPart(name, Needed: true, $"{trouble} ({exception.GetType().Name})");
        }
    }
}
