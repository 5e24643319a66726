using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// Pooled memory for a part of a blob. It never moves and begins at a multiple of <see cref="DirectFile.Alignment"/>, so
/// that the disk can take it from where it is.
/// </summary>
internal sealed class Piece
{
    /// <summary>Bytes in each, a multiple of <see cref="DirectFile.Alignment"/>.</summary>
    internal const int Length = 128 * 1024;

    // What instances up to 512 KiB need, as many as are received at a time.
    private const int MostIdle = 320;

    private static readonly ConcurrentQueue<Piece> s_idle = [];
    private static int s_idleCount;

    private readonly Memory<byte> _memory;

    private Piece()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Length + DirectFile.Alignment, pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        int before = (int)(-start & (DirectFile.Alignment - 1));
        Address = start + before;
        _memory = bytes.AsMemory(before, Length);
    }

    /// <summary>Where the first byte is, for as long as the piece is held.</summary>
    internal nint Address { get; }

    internal Memory<byte> Memory => _memory;

    internal Span<byte> Span => _memory.Span;

    internal static Piece Rent()
    {
        if (!s_idle.TryDequeue(out Piece? piece))
        {
            return new Piece();
        }

        Interlocked.Decrement(ref s_idleCount);
        return piece;
    }

    /// <summary>Gives it back; nobody may use it after that. More than are needed are left to the collector.</summary>
    internal void Return()
    {
        if (Interlocked.Increment(ref s_idleCount) <= MostIdle)
        {
            s_idle.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref s_idleCount);
        }
    }
}
