using System.IO.Compression;

namespace RecordHub.Documents.Archives;

/// <summary>What a gzip file holds: the members of one after the other (RFC 1952 §2.2), as bgzip and <c>cat</c> write them.</summary>
/// <remarks>
/// Of a file that breaks off, GZipStream gives what there is without a word. So one more member is put behind it, the seal:
/// only where all before it are whole does what comes out end with what the seal holds, which is held back.
/// </remarks>
internal sealed class GzipMembers : ForwardStream
{
    private const int BlockLength = 81_920;
    private static readonly byte[] s_mark = "RecordHub: the end of a whole gzip file"u8.ToArray();
    private static readonly byte[] s_seal = Seal();

    private readonly MemoryStream _seal = new(s_seal, writable: false);
    private readonly GZipStream _inflating;
    private readonly byte[] _block = new byte[BlockLength];
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <param name="packed">At its beginning; stays open.</param>
    public GzipMembers(Stream packed) => _inflating = new GZipStream(new JoinedStream(packed, _seal), CompressionMode.Decompress);

    private int Ready => Math.Max(0, _end - _start - s_mark.Length);

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        while (Ready == 0 && !_isEnd && !buffer.IsEmpty)
        {
            try
            {
                Filled(_inflating.Read(Room(buffer.Length).Span));
            }
            catch (InvalidDataException damage)
            {
                throw Damaged(damage);
            }
        }

        return Give(buffer);
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Ready == 0 && !_isEnd && !buffer.IsEmpty)
        {
            try
            {
                Filled(await _inflating.ReadAsync(Room(buffer.Length), cancellationToken));
            }
            catch (InvalidDataException damage)
            {
                throw Damaged(damage);
            }
        }

        return Give(buffer.Span);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflating.Dispose();
            _seal.Dispose();
        }

        base.Dispose(disposing);
    }

    // What is held back moves to the beginning. No more than is wanted: what stands before damage is still given.
    private Memory<byte> Room(int wanted)
    {
        _block.AsSpan(_start.._end).CopyTo(_block);
        (_start, _end) = (0, _end - _start);
        return _block.AsMemory(_end, Math.Min(wanted, _block.Length - _end));
    }

    private void Filled(int read)
    {
        _end += read;
        _isEnd = read == 0;
        if (_isEnd && !_block.AsSpan(_start.._end).SequenceEqual(s_mark))
        {
            throw new InvalidDataException("The seal is missing.");
        }
    }

    // What GZipStream says of it is about the seal, as often as not.
    private static InvalidDataException Damaged(InvalidDataException damage) =>
        new("it is damaged, breaks off, or something else stands after its end", damage);

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Ready);
        _block.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private static byte[] Seal()
    {
        using MemoryStream seal = new();
        using (GZipStream packing = new(seal, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(s_mark);
        }

        return seal.ToArray();
    }
}
