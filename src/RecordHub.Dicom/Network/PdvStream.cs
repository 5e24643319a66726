using System.Runtime.CompilerServices;

namespace RecordHub.Dicom.Network;

/// <summary>The data set of one message, pulled from the wire as it is read. Forward only, asynchronous only.</summary>
/// <remarks>The end is told only when the last fragment was read; after a failure every read fails again.</remarks>
internal sealed class PdvStream(DimseChannel channel, byte contextId) : Stream
{
    private AssociationException? _failure;
    private bool _ended;
    private bool _detached;

    /// <inheritdoc />
    public override bool CanRead => !_detached;

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_detached, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is { } failure)
        {
            throw new AssociationException(failure.Ending, failure.Reason);
        }

        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            int count = await channel.ReadDataSetAsync(contextId, buffer, cancellationToken).ConfigureAwait(false);
            _ended = count == 0;
            return count;
        }
        catch (AssociationException e)
        {
            _failure = e;
            throw;
        }
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: waiting for the wire must not hold a thread.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Skips what was left unread and ends the use of this stream.</summary>
    /// <exception cref="AssociationException">The data set did not come to its end, whoever noticed first.</exception>
    public async ValueTask FinishAsync()
    {
        if (_failure is { } failure)
        {
            _detached = true;
            throw failure;
        }

        byte[] sink = _ended ? [] : new byte[4096];
        while (!_ended)
        {
            await ReadAsync(sink).ConfigureAwait(false);
        }

        _detached = true;
    }

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
}
