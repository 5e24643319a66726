using Microsoft.Win32.SafeHandles;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>The volumes of a folder: this process appends to one of them, and reads all.</summary>
internal sealed class VolumeSet(VolumeFolder folder, bool flushes = true) : IDisposable
{
    /// <summary>At this length the next one is begun.</summary>
    internal const long MostBytes = 1L << 30;

    /// <summary>What is soon read again of a blob: its header, by whoever files it.</summary>
    private const long HeadLength = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Lazy<VolumeFlusher> _flusher = new(static () => new VolumeFlusher());
    private Volume? _active;

    internal VolumeFolder Folder => folder;

    /// <summary>Appends bytes; durable when the task completes.</summary>
    /// <exception cref="IOException">They could not be written, or not flushed.</exception>
    internal async Task<BlobPlace> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long length)
    {
        (Volume volume, VolumeRange range) = Reserve(length);
        try
        {
            volume.Write(range, pieces);
            if (flushes)
            {
                await _flusher.Value.FlushAsync(volume).ConfigureAwait(false);
                volume.Forget(new VolumeRange(range.Offset + HeadLength, range.Length - HeadLength));
            }

            return new BlobPlace(volume.Id, range.Offset, range.Length);
        }
        finally
        {
            volume.Leave();
        }
    }

    /// <summary>Makes the bytes of a place zeros for good; nothing when its volume is not there.</summary>
    internal void Clear(BlobPlace place)
    {
        using SafeFileHandle? file = folder.TryOpen(place.Volume, FileAccess.Write);
        if (file is not null)
        {
            DiskSync.Clear(file, new VolumeRange(place.Offset, place.Length));
            DiskSync.FlushBytes(file);
        }
    }

    /// <summary>Gives the room of a place back that no row came to name; in vain is harmless, a sweep does it again.</summary>
    internal void GiveBack(BlobPlace place)
    {
        using SafeFileHandle? file = folder.TryOpen(place.Volume, FileAccess.Write);
        if (file is not null)
        {
            DiskSync.Clear(file, new VolumeRange(place.Offset, place.Length));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_flusher.IsValueCreated)
        {
            _flusher.Value.Dispose();
        }

        _active?.Dispose();
    }

    private (Volume Volume, VolumeRange Range) Reserve(long length)
    {
        lock (_lock)
        {
            if (_active is { Length: > 0 and var filled } full && filled + length > MostBytes)
            {
                full.Seal();
            }

            if (_active?.TryReserve(length) is { } range)
            {
                return (_active, range);
            }

            Volume next = new(folder);
            _active = next;
            return (next, next.TryReserve(length) ?? throw new InvalidOperationException("A new volume is not sealed."));
        }
    }
}
