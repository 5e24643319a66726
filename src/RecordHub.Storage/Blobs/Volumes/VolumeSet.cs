using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<BlobPlace, Volume> _appended = [];
    private readonly Lazy<VolumeFlusher> _flusher = new(static () => new VolumeFlusher());
    private Volume? _active;

    internal VolumeFolder Folder => folder;

    /// <summary>
    /// Appends bytes. They are durable after <see cref="FlushOf"/>, and whoever appended them calls
    /// <see cref="Release"/> when they are, or are given up.
    /// </summary>
    /// <exception cref="IOException">They could not be written.</exception>
    internal BlobPlace Append(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long length)
    {
        (Volume volume, VolumeRange range) = Reserve(length);
        try
        {
            volume.Write(range, pieces);
        }
        catch
        {
            volume.Leave();
            throw;
        }

        BlobPlace place = new(volume.Id, range.Offset, range.Length);
        _appended[place] = volume;
        return place;
    }

    /// <summary>What makes appended bytes durable; null when they are, or when nothing is flushed by setting.</summary>
    internal IFlush? FlushOf(BlobPlace place) =>
        flushes && _appended.TryGetValue(place, out Volume? volume) ? new VolumeFlush(volume, _flusher) : null;

    /// <summary>The bytes are durable, or given up.</summary>
    internal void Release(BlobPlace place)
    {
        if (_appended.TryRemove(place, out Volume? volume))
        {
            if (flushes)
            {
                volume.Forget(new VolumeRange(place.Offset + HeadLength, place.Length - HeadLength));
            }

            volume.Leave();
        }
    }

    /// <summary>Reads a place; null when its volume is not there.</summary>
    internal VolumeStream? TryRead(BlobPlace place) => folder.TryOpen(place.Volume) is { } file
        ? new VolumeStream(file, new VolumeRange(place.Offset, place.Length), file)
        : null;

    /// <summary>The same for what was received a moment ago: the volume that is appended to is open already.</summary>
    internal VolumeStream? TryReadFresh(BlobPlace place)
    {
        Volume? active = Volatile.Read(ref _active);
        return (active?.Id == place.Volume ? active.TryRead(new VolumeRange(place.Offset, place.Length)) : null)
            ?? TryRead(place);
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
            Volatile.Write(ref _active, next);
            return (next, next.TryReserve(length) ?? throw new InvalidOperationException("A new volume is not sealed."));
        }
    }
}
