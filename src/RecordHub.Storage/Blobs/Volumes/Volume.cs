using Microsoft.Win32.SafeHandles;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// A file that blobs are appended to by one process. Ranges are reserved one after the other and written at once by
/// whoever reserved them; one flush then answers for all that was written before it.
/// </summary>
internal sealed class Volume : IDisposable
{
    /// <summary>Room that is taken ahead: a flush need not write the file's length then.</summary>
    private const long Ahead = 64L << 20;

    /// <summary>From this length on a blob is written past the system's memory; shorter ones are flushed together from it.</summary>
    private const long LeastDirect = 128 * 1024;

    // What a few images are is not followed by many.
    private const long LeastBeforeNext = 4L << 20;

    // So few that a flush of the volume in use, which comes between them, does not wait for long.
    private const int PiecesAtOnce = 4;

    private readonly Lock _lock = new();
    private readonly SafeFileHandle _held;
    private readonly SafeFileHandle _file;
    private readonly DirectFile? _direct;
    private readonly string _path;
    private long _end;
    private long _taken;
    private int _users;
    private int _ranges;
    private bool _sealed;
    private volatile bool _unsure;

    internal Volume(VolumeFolder folder)
    {
        Id = Guid.CreateVersion7();
        _path = folder.PathOf(Id);
        _held = folder.Hold(Id);
        try
        {
            _file = folder.Create(Id);
            _direct = DirectFile.TryOpen(_path);
        }
        catch
        {
            _held.Dispose();
            throw;
        }
    }

    internal Guid Id { get; }

    /// <summary>Whether all of it was written with zeros before anything was appended, see <see cref="Prepare"/>.</summary>
    internal bool IsPrepared { get; private set; }

    /// <summary>Bytes reserved so far.</summary>
    internal long Length
    {
        get
        {
            lock (_lock)
            {
                return _end;
            }
        }
    }

    /// <summary>
    /// Whether so much has been appended, and of blobs so short, that it pays to prepare the volume that comes next: where
    /// each flush is for few bytes.
    /// </summary>
    internal bool WantsNext
    {
        get
        {
            lock (_lock)
            {
                return _end >= (IsPrepared ? VolumeSet.MostBytes / 2 : LeastBeforeNext) && _end < _ranges * LeastDirect;
            }
        }
    }

    /// <summary>Takes a range at the end for a user, who leaves when it is durable; null when the volume is sealed.</summary>
    internal VolumeRange? TryReserve(long length)
    {
        lock (_lock)
        {
            if (_sealed)
            {
                return null;
            }

            // What is written directly shares no block with its neighbours, which are written otherwise. Nor does anything in
            // a volume that was prepared: the system would read the rest of the block first.
            bool isAlone = IsPrepared || WritesDirectly(length);
            VolumeRange range = new(isAlone ? DirectFile.Align(_end) : _end, length);
            long end = isAlone ? DirectFile.Align(range.End) : range.End;
            if (end > _taken)
            {
                long more = Math.Max(Ahead, end - _taken);
                DiskSync.Extend(_file, _taken, more);
                _taken += more;
            }

            _end = end;
            _users++;
            _ranges++;
            return range;
        }
    }

    /// <summary>Whether bytes of a length go to the disk past the system's memory, which then has nothing to forget.</summary>
    internal bool WritesDirectly(long length) => length >= LeastDirect && _direct is { IsUsable: true };

    internal void Write(VolumeRange range, IReadOnlyList<Piece> pieces)
    {
        if (WritesDirectly(range.Length) && _direct?.TryWrite(pieces, range) == true)
        {
            return;
        }

        long written = 0;
        for (int i = 0; i < pieces.Count && written < range.Length; i++)
        {
            int count = (int)Math.Min(Piece.Length, range.Length - written);
            int whole = IsPrepared ? (int)DirectFile.Align(count) : count;
            pieces[i].Span[count..whole].Clear();
            RandomAccess.Write(_file, pieces[i].Span[..whole], range.Offset + written);
            written += count;
        }
    }

    /// <summary>
    /// Takes room before anything is appended and makes all of it zeros on the disk. A flush of what is appended then
    /// writes just that: where room was only promised, it also writes down that the room is used, with a file system that
    /// keeps a journal in a transaction of its own. False when it was told to end before it was done.
    /// </summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal bool Prepare(long length, CancellationToken stopping)
    {
        DiskSync.Extend(_file, 0, length);
        Piece zeros = Piece.Rent();
        zeros.Span.Clear();
        Piece[] pieces = [.. Enumerable.Repeat(zeros, PiecesAtOnce)];
        for (long done = 0; done < length; done += PiecesAtOnce * Piece.Length)
        {
            if (stopping.IsCancellationRequested)
            {
                return false;
            }

            Write(new VolumeRange(done, Math.Min(PiecesAtOnce * Piece.Length, length - done)), pieces);
        }

        zeros.Return();
        DiskSync.FlushBytes(_file);
        DiskSync.Forget(_file, 0, length);
        lock (_lock)
        {
            _taken = length;
            IsPrepared = true;
        }

        return true;
    }

    /// <summary>Reads a range for a user, who leaves when the stream is disposed of; null when the volume is closed.</summary>
    internal VolumeStream? TryRead(VolumeRange range, FreshHead? head = null)
    {
        lock (_lock)
        {
            if (_file.IsClosed)
            {
                return null;
            }

            _users++;
            return new VolumeStream(_file, range, new User(this), head);
        }
    }

    /// <summary>All that was written is on the disk.</summary>
    /// <exception cref="IOException">
    /// It may not be: what a failed flush left on the disk is not known, nor what the next one would say of it (fsync(2)).
    /// </exception>
    internal void Flush()
    {
        if (_unsure)
        {
            throw new IOException("An earlier flush of this volume failed.");
        }

        if (!File.Exists(_path))
        {
            // What is written to a file without a name is gone with its process.
            _unsure = true;
            Seal();
            throw new IOException("The volume was removed while it is written.");
        }

        try
        {
            DiskSync.FlushBytes(_file);
        }
        catch (IOException)
        {
            _unsure = true;
            Seal();
            throw;
        }
    }

    internal void Forget(VolumeRange range) => DiskSync.Forget(_file, range.Offset, range.Length);

    /// <summary>The user of a range is done with it.</summary>
    internal void Leave()
    {
        lock (_lock)
        {
            _users--;
            CloseIfDone();
        }
    }

    /// <summary>Nothing more is appended; closed when the last user has left.</summary>
    internal void Seal()
    {
        lock (_lock)
        {
            _sealed = true;
            CloseIfDone();
        }
    }

    /// <summary>Removes one that nothing was appended to; in vain is harmless, a sweep does it again.</summary>
    internal void Remove()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is not null)
        {
            // In vain.
        }

        Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => Seal();

    private void CloseIfDone()
    {
        if (!_sealed || _users > 0 || _file.IsClosed)
        {
            return;
        }

        try
        {
            RandomAccess.SetLength(_file, _end);
        }
        catch (IOException)
        {
            // Room that was taken ahead; a sweep gives it back.
        }

        _direct?.Dispose();
        _file.Dispose();
        _held.Dispose();
    }

    private sealed class User(Volume volume) : IDisposable
    {
        public void Dispose() => volume.Leave();
    }
}
