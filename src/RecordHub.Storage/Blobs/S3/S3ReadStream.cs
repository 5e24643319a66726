using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>An object from any position: asked for when it is first read, and again where a broken answer ended.</summary>
internal sealed class S3ReadStream : Stream
{
    private const int MostBreaks = 3;

    private readonly S3Objects _objects;
    private readonly ContentHash _hash;
    private readonly long _length;
    private Stream? _answer;
    private long _answerAt;
    private long _answerEnd;
    private long _position;
    private int _breaks;

    /// <param name="objects">Where it is.</param>
    /// <param name="hash">Its name.</param>
    /// <param name="length">Bytes of the whole object.</param>
    /// <param name="offset">Where reading begins.</param>
    /// <param name="beginning">What has been asked for from there already.</param>
    internal S3ReadStream(S3Objects objects, ContentHash hash, long length, long offset, S3Beginning? beginning)
    {
        _objects = objects;
        _hash = hash;
        _length = length;
        _position = _answerAt = offset;
        _answer = beginning?.Bytes;
        _answerEnd = beginning?.End ?? offset;
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => _length;

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_position >= _length || buffer.IsEmpty)
            {
                return 0;
            }

            try
            {
                Stream answer = await AnswerAsync(cancellationToken).ConfigureAwait(false);
                int count = await answer.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new IOException("The object store ended its answer early."); // Its trouble, and not the record's.
                }

                _position += count;
                _answerAt += count;
                return count;
            }
            catch (IOException) when (_breaks < MostBreaks)
            {
                _breaks++;
                await DropAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>For readers that know no other way; the pool's threads wait.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _answer?.Dispose();
            _answer = null;
        }

        base.Dispose(disposing);
    }

    private async ValueTask<Stream> AnswerAsync(CancellationToken cancellationToken)
    {
        if (_answer is { } open && _answerAt == _position && _position < _answerEnd)
        {
            return open;
        }

        await DropAsync().ConfigureAwait(false);
        _answerAt = _position;
        _answerEnd = _length;
        return _answer = await _objects.ReadAsync(_hash, _position, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DropAsync()
    {
        if (_answer is { } answer)
        {
            _answer = null;
            await answer.DisposeAsync().ConfigureAwait(false);
        }
    }
}
