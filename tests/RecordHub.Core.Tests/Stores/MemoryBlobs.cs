using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Tests.Stores;

/// <summary>Blobs in memory.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<ContentHash, byte[]> _blobs = new();

    public ContentHash Add(ReadOnlySpan<byte> bytes)
    {
        ContentHash hash = ContentHash.FromDigest(SHA256.HashData(bytes));
        _blobs[hash] = bytes.ToArray();
        return hash;
    }

    /// <summary>Whether reading fails, as from a disk that is away.</summary>
    public bool Broken { get; set; }

    /// <summary>Turns one bit of a blob, which keeps its name.</summary>
    public void Damage(ContentHash hash) => _blobs[hash][^1] ^= 1;

    /// <summary>Takes the second half of a blob away, as of one that is being written.</summary>
    public void Halve(ContentHash hash) => _blobs[hash] = _blobs[hash][..(_blobs[hash].Length / 2)];

    public ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) => new(new Writer(this));

    public Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        if (Broken)
        {
            throw new IOException("The disk is away.");
        }

        byte[] bytes = _blobs.TryGetValue(hash, out byte[]? found) ? found : throw new BlobMissingException(hash);
        return Task.FromResult<Stream>(new MemoryStream(bytes, writable: false) { Position = offset });
    }

    public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(_blobs.TryGetValue(hash, out byte[]? bytes) ? bytes.Length : null);

    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) =>
        DeleteAsync(hash, cancellationToken);

    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        _blobs.TryRemove(hash, out _);
        return Task.CompletedTask;
    }

    private sealed class Writer(MemoryBlobs store) : IBlobWriter
    {
        private const int RoomLength = 64 * 1024;

        private readonly ArrayBufferWriter<byte> _bytes = new();

        public Memory<byte> GetMemory() => _bytes.GetMemory(RoomLength);

        public ValueTask AdvanceAsync(int count, CancellationToken cancellationToken)
        {
            _bytes.Advance(count);
            return ValueTask.CompletedTask;
        }

        public ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken)
        {
            Assert.That(store.Add(_bytes.WrittenSpan), Is.EqualTo(hash));
            return ValueTask.FromResult<BlobPlace?>(null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
