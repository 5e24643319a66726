using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// Keeps a small blob in memory until its commit appends it to a volume, where the receipt of its row makes it durable.
/// One that turns out to be longer goes on in a file of its own.
/// </summary>
internal sealed class VolumeBlobWriter(FileBlobStore files, VolumeSet volumes, long most) : IBlobWriter
{
    // Room for a slice of 512 KiB with its file meta.
    private readonly List<Piece> _pieces = new(5);
    private IBlobWriter? _file;
    private BlobPlace? _place;
    private int _filled = Piece.Length;
    private long _length;

    /// <inheritdoc />
    public Memory<byte> GetMemory()
    {
        if (_file is not null)
        {
            return _file.GetMemory();
        }

        if (_filled == Piece.Length)
        {
            _pieces.Add(Piece.Rent());
            _filled = 0;
        }

        return _pieces[^1].Memory[_filled..];
    }

    /// <inheritdoc />
    public ValueTask AdvanceAsync(int count, CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            return _file.AdvanceAsync(count, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        files.ThrowIfFull(count);
        _filled += count;
        _length += count;
        return _length > most ? MoveToFileAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (_length == 0 || _file is not null)
        {
            return CommitFileAsync(hash, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            _place = volumes.Append(_pieces, _length);
            return new ValueTask<BlobPlace?>(_place);
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (_place is { } place)
        {
            _place = null;
            volumes.Release(place);
        }

        Return();
        return _file?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private async ValueTask<BlobPlace?> CommitFileAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            await MoveToFileAsync(cancellationToken).ConfigureAwait(false);
        }

        return _file is null ? null : await _file.CommitAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask MoveToFileAsync(CancellationToken cancellationToken)
    {
        _file = await files.CreateAsync(BlobNaming.ByHash, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < _pieces.Count; i++)
        {
            int count = i == _pieces.Count - 1 ? _filled : Piece.Length;
            await _file.WriteAsync(_pieces[i].Memory[..count], cancellationToken).ConfigureAwait(false);
        }

        Return();
    }

    private void Return()
    {
        _pieces.ForEach(static piece => piece.Return());
        _pieces.Clear();
        _filled = Piece.Length;
    }
}
