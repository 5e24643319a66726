using System.Buffers;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>
/// A data set in any native encoding, read in a little endian one, while it goes by: memory does not grow with it. What
/// values say stays as it is; sequences get undefined lengths, as those of their items change.
/// </summary>
public sealed class NativeConversionStream : Stream
{
    private readonly Stream _source;
    private readonly NativeConversion _conversion;
    private readonly ArrayBufferWriter<byte> _output = new(256);
    private readonly byte[] _input = new byte[64 * 1024];
    private int _first;
    private int _end;
    private int _given;
    private bool _sourceEnded;

    private NativeConversionStream(Stream source, EncodingGuess declared, bool toExplicit)
    {
        _source = source;
        _conversion = new NativeConversion(declared, toExplicit);
    }

    /// <summary>Opens what is stored in one of the uncompressed syntaxes; it owns the source.</summary>
    /// <param name="source">The data set, without file meta information.</param>
    /// <param name="from">How it is said to be encoded.</param>
    /// <param name="toExplicit">Explicit VR Little Endian is to be read, not the implicit one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<NativeConversionStream> OpenAsync(
        Stream source, TransferSyntax from, bool toExplicit, CancellationToken cancellationToken) => new(
            from.IsDeflated ? await DeflatedDataSet.OpenAsync(source, cancellationToken).ConfigureAwait(false) : source,
            new EncodingGuess(from.IsExplicitVr, from.ByteOrder), toExplicit);

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    /// <exception cref="DicomFormatException">The data set cannot be read in its encoding.</exception>
    /// <exception cref="InvalidDataException">It cannot be inflated.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_given == _output.WrittenCount)
        {
            _output.ResetWrittenCount();
            _given = 0;
            int taken = _conversion.Take(_input.AsSpan(_first, _end - _first), _sourceEnded, _output);
            _first += taken;
            if (_output.WrittenCount > 0)
            {
                break;
            }

            if (taken == 0 && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _output.WrittenCount - _given);
        _output.WrittenMemory.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: what follows may come from far away.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Gets more input; false when nothing is left and nothing more can be said.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_sourceEnded)
        {
            return false;
        }

        _input.AsSpan(_first, _end - _first).CopyTo(_input);
        _end -= _first;
        _first = 0;
        int count = await _source.ReadAsync(_input.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count;
        _sourceEnded = count == 0;
        return true;
    }
}
