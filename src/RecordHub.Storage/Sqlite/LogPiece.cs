using System.Buffers.Binary;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// What a commit appends to the write-ahead log, gathered until its last frame (sqlite.org/fileformat2.html#walformat) and
/// then given to the system in one call: SQLite makes two for each page. Only while a commit runs, in which whatever is
/// appended belongs to it: what a long transaction writes before its commit, and may take back, is written as it comes.
/// </summary>
internal sealed class LogPiece
{
    private const int Ok = 0;
    private const int FrameHeaderLength = 24;

    /// <summary>SQLite's own writes no more than 128 KiB at once, and takes exactly that for nothing (seekAndWriteFd).</summary>
    private const int MostBytes = 120 * 1024;

    [ThreadStatic]
    private static LogPiece? s_current;

    private readonly byte[] _bytes = new byte[MostBytes];
    private nint _file;
    private long _start;
    private int _length;
    private bool _endsWithPage;

    /// <summary>The one of the commit that this thread runs; null while it runs none.</summary>
    internal static LogPiece? Current => s_current;

    /// <summary>Runs a commit on this thread.</summary>
    /// <exception cref="InvalidOperationException">It ended without its last frame: the log is not as it must be.</exception>
    internal void Gather(SqliteSession session)
    {
        s_current = this;
        try
        {
            session.Execute("COMMIT");
            if (_length > 0)
            {
                throw new InvalidOperationException("A commit of SQLite ended before its last frame was written.");
            }
        }
        finally
        {
            // Of a commit that failed nothing is left, which the next one might take for its own.
            s_current = null;
            _length = 0;
            _endsWithPage = false;
        }
    }

    /// <summary>Takes bytes for a place in a log; SQLite's code for what became of it.</summary>
    internal int Add(nint file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (_length > 0 && (file != _file || offset != _start + _length || _length + bytes.Length > MostBytes)
            && Flush() is var failure and not Ok)
        {
            return failure;
        }

        if (_length == 0)
        {
            (_file, _start) = (file, offset);
        }

        if (bytes.Length > MostBytes)
        {
            return Write(bytes);
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        if (bytes.Length == FrameHeaderLength)
        {
            // The size of the database after the commit, in the header of its last frame; 0 in all others.
            _endsWithPage = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]) != 0;
            return Ok;
        }

        bool ended = _endsWithPage;
        _endsWithPage = false;
        return ended ? Flush() : Ok;
    }

    /// <summary>Gives what was gathered to the system; SQLite's code for what became of it.</summary>
    internal int Flush()
    {
        if (_length == 0)
        {
            return Ok;
        }

        ReadOnlySpan<byte> gathered = _bytes.AsSpan(0, _length);
        _length = 0;
        return Write(gathered);
    }

    private unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return LogVfs.Write(_file, first, bytes.Length, _start);
        }
    }
}
