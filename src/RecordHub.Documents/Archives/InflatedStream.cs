namespace RecordHub.Documents.Archives;

/// <summary>What an archive is made of, counted as it is read: inflated, it must not be more than the limits allow.</summary>
internal sealed class InflatedStream(Stream inner, long packed, ArchiveBudget budget) : ForwardStream
{
    private long _count;

    /// <summary>Bytes that were read or passed over.</summary>
    public long Passed { get; private set; }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    /// <summary>Passes over bytes; false when there are not so many.</summary>
    public async Task<bool> SkipAsync(long count, CancellationToken cancellationToken)
    {
        if (inner.CanSeek)
        {
            bool isThere = inner.Length - inner.Position >= count;
            long before = inner.Position;
            inner.Position = isThere ? before + count : inner.Length;
            Passed += inner.Position - before;
            return isThere;
        }

        byte[] block = new byte[81_920];
        while (count > 0)
        {
            int read = await ReadAsync(block.AsMemory(0, (int)Math.Min(count, block.Length)), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            count -= read;
        }

        return true;
    }

    private int Count(int read)
    {
        _count += read;
        Passed += read;
        budget.CountInflated(read, _count, packed);
        return read;
    }
}
