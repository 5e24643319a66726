using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace RecordHub.Server.Hosting;

/// <summary>
/// Memory for connections in blocks that are wide enough for images: the server's own are 4 KiB, and each of them costs a
/// call to the system. A connection that is silent holds none.
/// </summary>
internal sealed class WideMemoryPool : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockLength = 64 * 1024;
    private const int MostIdle = 256;

    private readonly ConcurrentBag<Block> _idle = [];
    private int _idleCount;

    /// <inheritdoc />
    public override int MaxBufferSize => BlockLength;

    /// <inheritdoc />
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <inheritdoc />
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockLength);
        if (!_idle.TryTake(out Block? block))
        {
            return new Block(this);
        }

        Interlocked.Decrement(ref _idleCount);
        return block.Taken();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        // Shared by all connections until the process ends; nothing in it is not memory of the collector.
    }

    private sealed class Block(WideMemoryPool pool) : IMemoryOwner<byte>
    {
        private readonly Memory<byte> _memory = GC.AllocateUninitializedArray<byte>(BlockLength, pinned: true);
        private int _isIdle;

        public Memory<byte> Memory => _memory;

        public Block Taken()
        {
            Volatile.Write(ref _isIdle, 0);
            return this;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isIdle, 1) != 0)
            {
                return;
            }

            if (Interlocked.Increment(ref pool._idleCount) <= MostIdle)
            {
                pool._idle.Add(this);
            }
            else
            {
                Interlocked.Decrement(ref pool._idleCount);
            }
        }
    }
}
