using System.Buffers;
using System.IO.Compression;

namespace RecordHub.Dicom.Files;

/// <summary>Inflates a deflated data set piece by piece as it goes by (PS3.5 §A.5).</summary>
internal sealed class Inflater : IDisposable
{
    private const int PieceLength = 16 * 1024;

    // What one read inflates is lost when it meets damage, so reads are small.
    private const int OutputLength = 1024;

    private readonly PieceStream _pieces = new();
    private readonly Stream _inflate;
    private readonly DataSetParser _parser;

    /// <param name="hasZlibHeader">The bytes begin with a header that the standard forbids and senders write.</param>
    public Inflater(DataSetParser parser, bool hasZlibHeader)
    {
        _parser = parser;
        _inflate = hasZlibHeader
            ? new ZLibStream(_pieces, CompressionMode.Decompress)
            : new DeflateStream(_pieces, CompressionMode.Decompress);
    }

    /// <summary>The bytes cannot be inflated any further.</summary>
    public bool IsDamaged { get; private set; }

    public void Write(ReadOnlySpan<byte> input)
    {
        if (IsDamaged || _parser.IsStopped)
        {
            return;
        }

        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        byte[] output = ArrayPool<byte>.Shared.Rent(OutputLength);
        try
        {
            for (; !input.IsEmpty && !_parser.IsStopped; input = input[Math.Min(PieceLength, input.Length)..])
            {
                ReadOnlySpan<byte> part = input[..Math.Min(PieceLength, input.Length)];
                part.CopyTo(piece);
                _pieces.Set(piece.AsMemory(0, part.Length));
                int count;
                while ((count = _inflate.Read(output, 0, OutputLength)) > 0 && !_parser.IsStopped)
                {
                    _parser.Consume(output.AsSpan(0, count));
                }
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            // IOException: zlib itself gives up, as on a stream that wants a dictionary.
            IsDamaged = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    public void Dispose() => _inflate.Dispose();

    // Gives what is there; at its end more may come, which the inflating stream asks for in its next read.
    private sealed class PieceStream : Stream
    {
        private ReadOnlyMemory<byte> _piece;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Set(ReadOnlyMemory<byte> piece) => _piece = piece;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, _piece.Length);
            _piece.Span[..count].CopyTo(buffer);
            _piece = _piece[count..];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
