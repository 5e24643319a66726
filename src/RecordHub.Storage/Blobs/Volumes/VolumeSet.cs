using System.Collections.Concurrent;
using System.Security.Cryptography;
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
    private readonly ConcurrentDictionary<BlobPlace, VolumeFlush> _appended = [];
    private readonly Lazy<VolumeFlusher> _flusher = new(static () => new VolumeFlusher());
    private VolumeFlush? _active;

    internal VolumeFolder Folder => folder;

    /// <summary>
    /// Appends bytes. They are durable after <see cref="FlushOf"/>, and whoever appended them calls
    /// <see cref="Release"/> when they are, or are given up.
    /// </summary>
    /// <param name="pieces">The bytes, in order.</param>
    /// <param name="pieceLength">Bytes in each piece; the last one may have fewer.</param>
    /// <param name="length">Bytes in all.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    internal BlobPlace Append(IReadOnlyList<byte[]> pieces, int pieceLength, long length)
    {
        (VolumeFlush into, VolumeRange range) = Reserve(length);
        try
        {
            into.Volume.Write(range, pieces, pieceLength);
        }
        catch
        {
            into.Volume.Leave();
            throw;
        }

        BlobPlace place = new(into.Volume.Id, range.Offset, range.Length);
        _appended[place] = into;
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
            if (flushes)
            {
                into.Volume.Forget(new VolumeRange(place.Offset + HeadLength, place.Length - HeadLength));
            }

            into.Volume.Leave();
        }
    }

    /// <summary>Reads a place; null when its volume is not there, or ends before it.</summary>
    internal VolumeStream? TryRead(BlobPlace place)
    {
        SafeFileHandle? file = folder.TryOpen(place.Volume);
        VolumeRange range = new(place.Offset, place.Length);
        if (file is not null && RandomAccess.GetLength(file) < range.End)
        {
            file.Dispose();
            return null;
        }

        return file is null ? null : new VolumeStream(file, range, file);
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

    /// <summary>The same for what was received a moment ago: the volume that is appended to is open already.</summary>
    internal VolumeStream? TryReadFresh(BlobPlace place)
    {
        Volume? active = Volatile.Read(ref _active)?.Volume;
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

        _active?.Volume.Dispose();
    }

    private (VolumeFlush Into, VolumeRange Range) Reserve(long length)
    {
        lock (_lock)
        {
            if (_active?.Volume is { Length: > 0 and var filled } full && filled + length > MostBytes)
            {
                full.Seal();
            }

            if (_active?.Volume.TryReserve(length) is { } range)
            {
                return (_active, range);
            }

            VolumeFlush next = new(new Volume(folder), _flusher);
            Volatile.Write(ref _active, next);
            return (next, next.Volume.TryReserve(length) ?? throw new InvalidOperationException("A new volume is not sealed."));
        }
    }
}
