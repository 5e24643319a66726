using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// The first bytes of what was appended a moment ago, for whoever files it: most headers are no longer, and what was
/// written past the system's memory need not be read from the disk. Each is taken once; the oldest make room for new ones.
/// </summary>
internal sealed class FreshHeads
{
    private const int HeadLength = 8 * 1024;

    // What comes while the former ones are gathered and filed.
    private const int Most = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<BlobPlace, byte[]> _kept = [];
    private readonly Queue<BlobPlace> _order = new();
    private readonly Stack<byte[]> _spare = new();

    /// <summary>Keeps a copy of the beginning.</summary>
    internal void Keep(BlobPlace place, ReadOnlySpan<byte> bytes)
    {
        byte[] head = Rent();
        bytes[..LengthOf(place)].CopyTo(head);
        lock (_lock)
        {
            if (_order.Count == Most && _kept.Remove(_order.Dequeue(), out byte[]? oldest))
            {
                _spare.Push(oldest);
            }

            _kept[place] = head;
            _order.Enqueue(place);
        }
    }

    /// <summary>The beginning, which is the caller's until it is disposed of; null when it is not kept (any more).</summary>
    internal FreshHead? Take(BlobPlace place)
    {
        lock (_lock)
        {
            return _kept.Remove(place, out byte[]? head) ? new FreshHead(this, head, LengthOf(place)) : null;
        }
    }

    /// <summary>Gives back what was taken.</summary>
    internal void Return(byte[] head)
    {
        lock (_lock)
        {
            if (_spare.Count < Most)
            {
                _spare.Push(head);
            }
        }
    }

    private static int LengthOf(BlobPlace place) => (int)Math.Min(HeadLength, place.Length);

    private byte[] Rent()
    {
        lock (_lock)
        {
            return _spare.TryPop(out byte[]? spare) ? spare : new byte[HeadLength];
        }
    }
}
