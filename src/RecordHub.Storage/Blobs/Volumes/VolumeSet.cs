using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>The volumes of a folder: this process appends to one of them, and reads all.</summary>
internal sealed class VolumeSet(VolumeFolder folder, bool flushes = true, long leastFree = 0) : IDisposable
{
    /// <summary>
    /// At this length the next one is begun: the system then finds all room of one in the few extents that its entry has
    /// place for (four with ext4), and each flush writes one block less.
    /// </summary>
    internal const long MostBytes = 128L << 20;

    /// <summary>What is soon read again of a blob: its header, by whoever files it.</summary>
    private const long HeadLength = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<BlobPlace, VolumeFlush> _appended = [];
    private readonly FreshHeads _heads = new();
    private readonly Lazy<VolumeFlusher> _flusher = new(static () => new VolumeFlusher());
    private VolumeFlush? _active;

    internal VolumeFolder Folder => folder;

    /// <summary>What prepares the volume that comes next.</summary>
    internal VolumePreparer Preparer { get; } = new(folder, leastFree);

    /// <summary>
    /// Appends bytes. They are durable after <see cref="FlushOf"/>, and whoever appended them calls
    /// <see cref="Release"/> when they are, or are given up.
    /// </summary>
    /// <param name="pieces">The bytes, in order.</param>
    /// <param name="length">Bytes in all.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    internal BlobPlace Append(IReadOnlyList<Piece> pieces, long length)
    {
        (VolumeFlush into, VolumeRange range) = Reserve(length);
        try
        {
            into.Volume.Write(range, pieces);
        }
        catch
        {
            into.Volume.Leave();
            throw;
        }

        BlobPlace place = new(into.Volume.Id, range.Offset, range.Length);
        _appended[place] = into;
        _heads.Keep(place, pieces[0].Span);
        return place;
    }

    /// <summary>What makes appended bytes durable; null when they are, or when nothing is flushed by setting.</summary>
    internal IFlush? FlushOf(BlobPlace place) =>
        flushes && _appended.TryGetValue(place, out VolumeFlush? flush) ? flush : null;

    /// <summary>The bytes are durable, or given up.</summary>
    internal void Release(BlobPlace place)
    {
        if (_appended.TryRemove(place, out VolumeFlush? into))
        {
            if (flushes && !into.Volume.WritesDirectly(place.Length))
            {
                into.Volume.Forget(new VolumeRange(place.Offset + HeadLength, place.Length - HeadLength));
            }

            into.Volume.Leave();
        }
    }

    /// <summary>Reads a place; null when its volume is not there, or ends before it.</summary>
    internal VolumeStream? TryRead(BlobPlace place) => TryRead(place, null);

    private VolumeStream? TryRead(BlobPlace place, FreshHead? head)
    {
        SafeFileHandle? file = folder.TryOpen(place.Volume);
        VolumeRange range = new(place.Offset, place.Length);
        if (file is not null && RandomAccess.GetLength(file) < range.End)
        {
            file.Dispose();
            return null;
        }

        return file is null ? null : new VolumeStream(file, range, file, head);
    }

    /// <summary>
    /// Whether all bytes of a place are there and can be read, and are those of the hash, unless it is the absent one.
    /// </summary>
    internal bool IsWhole(BlobPlace place, ContentHash hash)
    {
        try
        {
            using VolumeStream? bytes = TryRead(place);
            return bytes is not null && (hash.IsNone || ContentHash.FromDigest(SHA256.HashData(bytes)) == hash);
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is not null)
        {
            return false;
        }
    }

    /// <summary>
    /// The same for what was received a moment ago: the volume that is appended to is open already, and the beginning is in
    /// memory the first time.
    /// </summary>
    internal VolumeStream? TryReadFresh(BlobPlace place)
    {
        FreshHead? head = _heads.Take(place);
        Volume? active = Volatile.Read(ref _active)?.Volume;
        VolumeStream? bytes =
            (active?.Id == place.Volume ? active.TryRead(new VolumeRange(place.Offset, place.Length), head) : null)
            ?? TryRead(place, head);
        if (bytes is null)
        {
            head?.Dispose();
        }

        return bytes;
    }

    /// <summary>Makes the bytes of a place zeros for good; nothing when its volume is not there.</summary>
    internal void Clear(BlobPlace place)
    {
        _heads.Take(place)?.Dispose();
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
        _heads.Take(place)?.Dispose();
        try
        {
            using SafeFileHandle? file = folder.TryOpen(place.Volume, FileAccess.Write);
            if (file is not null)
            {
                DiskSync.Clear(file, new VolumeRange(place.Offset, place.Length));
            }
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is not null)
        {
            // In vain.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_flusher.IsValueCreated)
        {
            _flusher.Value.Dispose();
        }

        Preparer.Dispose();
        _active?.Volume.Dispose();
    }

    private (VolumeFlush Into, VolumeRange Range) Reserve(long length)
    {
        lock (_lock)
        {
            Volume? active = _active?.Volume;
            if (active is { Length: > 0 and var filled } && (filled + length > MostBytes || (!active.IsPrepared && Preparer.IsReady)))
            {
                active.Seal();
            }

            if (_active?.Volume.TryReserve(length) is { } range)
            {
                if (flushes && _active.Volume.WantsNext)
                {
                    _ = Preparer.Begin();
                }

                return (_active, range);
            }

            VolumeFlush next = new(Preparer.Take() ?? new Volume(folder), _flusher);
            Volatile.Write(ref _active, next);
            return (next, next.Volume.TryReserve(length) ?? throw new InvalidOperationException("A new volume is not sealed."));
        }
    }
}
