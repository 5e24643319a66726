using System.Buffers;
using System.Runtime.CompilerServices;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>
/// The file that an instance from the network becomes: preamble and file meta, then its data set from the wire, whose bytes
/// count for the room that it takes. Forward only; the data set stays the caller's.
/// </summary>
internal sealed class ReceivedFile : Stream
{
    private readonly Stream _dataSet;
    private readonly AdmittedStore? _room;
    private readonly int _metaLength;
    private byte[] _meta;
    private int _position;

    internal ReceivedFile(StoreRequest request, Stream dataSet, AdmittedStore? room)
    {
        _dataSet = dataSet;
        _room = room;

        // No source AE title in it: the same instance from two senders is then the same file.
        _metaLength = FileMetaWriter.LengthOf(request.SopClassUid, request.SopInstanceUid, request.TransferSyntax);
        _meta = ArrayPool<byte>.Shared.Rent(_metaLength);
        FileMetaWriter.Write(
            _meta.AsSpan(0, _metaLength), request.SopClassUid, request.SopInstanceUid, request.TransferSyntax);
    }

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _metaLength)
        {
            int read = await _dataSet.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _room?.Add(read);
            return read;
        }

        int count = Math.Min(_metaLength - _position, buffer.Length);
        _meta.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: what follows comes from the wire.</summary>
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
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _meta, []));
            _position = _metaLength;
        }

        base.Dispose(disposing);
    }
}
