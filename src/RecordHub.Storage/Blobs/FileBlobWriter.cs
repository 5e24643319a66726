using System.Buffers;
using Microsoft.Win32.SafeHandles;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>
/// Writes one blob beside its later place. Writing goes to the page cache and does not wait; only the commit waits for
/// the disk.
/// </summary>
internal sealed class FileBlobWriter : IBlobWriter
{
    private const int BufferLength = 128 * 1024;
    private const long BytesBetweenFlushes = 8L << 20;

    private readonly FileBlobStore _store;
    private readonly string _temporary;
    private byte[]? _buffer;
    private SafeFileHandle? _file;
    private int _filled;
    private long _length;
    private long _begun;

    internal FileBlobWriter(FileBlobStore store, string temporary)
    {
        _store = store;
        _temporary = temporary;

        // FileShare.None takes a lock that a sweep sees, and that ends with the process.
        _file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferLength);
        return _buffer.AsMemory(_filled, BufferLength - _filled);
    }

    /// <inheritdoc />
    public ValueTask AdvanceAsync(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _filled += count;
        if (_filled == BufferLength)
        {
            try
            {
                WriteBuffer();
            }
            catch (Exception exception) when (DiskErrors.Translate(exception) is { } known)
            {
                throw known;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            WriteBuffer();
            Commit(hash);
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is { } known)
        {
            throw known;
        }

        return ValueTask.FromResult<BlobPlace?>(null);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (_file is { } file)
        {
            _file = null;
            file.Dispose();
            DeleteTemporary();
        }

        return ValueTask.CompletedTask;
    }

    private SafeFileHandle Open => _file ?? throw new ObjectDisposedException(nameof(FileBlobWriter));

    private void WriteBuffer()
    {
        if (_filled > 0 && _buffer is { } buffer)
        {
            _store.ThrowIfFull(_filled);
            RandomAccess.Write(Open, buffer.AsSpan(0, _filled), _length);
            _length += _filled;
            _filled = 0;
            if (_length - _begun >= BytesBetweenFlushes)
            {
                DiskSync.BeginFlush(Open, _begun, _length - _begun);
                _begun = _length;
            }
        }
    }

    // A disk that fails has failed before, and that is what its caller is told; what is left here goes with a sweep.
    private void DeleteTemporary()
    {
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is not null)
        {
            // As above.
        }
    }

    private void Commit(ContentHash hash)
    {
        SafeFileHandle file = Open;
        string place = _store.Folder.PathOf(hash);
        string folder = _store.Folder.Prepare(hash);
        FileInfo there = new(place);
        if (there.Exists && there.Length == _length)
        {
            // Used again: see CondemnedBlobs for what keeps it from being removed meanwhile.
            file.Dispose();
            DeleteTemporary();
        }
        else
        {
            if (_store.Flushes)
            {
                RandomAccess.FlushToDisk(file);
            }

            file.Dispose(); // An open file cannot be renamed everywhere.
            File.Move(_temporary, place, overwrite: true);
        }

        _file = null;

        // Also when it was there already: whoever put it there may not have come to this line yet.
        if (_store.Flushes)
        {
            FolderSync.Flush(folder);
        }
    }
}
