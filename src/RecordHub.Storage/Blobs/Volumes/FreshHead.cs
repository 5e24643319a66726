namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>The first bytes of a blob, from memory.</summary>
internal sealed class FreshHead(FreshHeads heads, byte[] bytes, int length) : IDisposable
{
    private byte[]? _bytes = bytes;

    /// <summary>Copies what is there from a position on: as many bytes as fit, none behind the last.</summary>
    internal int Read(long position, Span<byte> buffer)
    {
        if (position >= length)
        {
            return 0;
        }

        ReadOnlySpan<byte> there = _bytes.AsSpan((int)position, length - (int)position);
        int count = Math.Min(there.Length, buffer.Length);
        there[..count].CopyTo(buffer);
        return count;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } held)
        {
            heads.Return(held);
        }
    }
}
