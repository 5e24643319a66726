namespace RecordHub.Core.Intake;

/// <summary>One blob being written, into memory that the store lends: what is read from a socket is copied once.</summary>
public interface IBlobWriter : IAsyncDisposable
{
    /// <summary>Room for the next bytes, never empty; the same until <see cref="AdvanceAsync"/>.</summary>
    Memory<byte> GetMemory();

    /// <summary>Takes the first bytes of the room.</summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    ValueTask AdvanceAsync(int count, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the blob durable; a blob that is there already stays. Or gives its place, when it is found by the row that
    /// names it (<see cref="BlobNaming.ByRow"/>): then it is durable when <see cref="IItemStore.ReceiveAsync"/> is, which
    /// flushes it before its row, and the writer is not disposed of before that.
    /// </summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    /// <exception cref="StorageAwayException">The store does not answer.</exception>
    ValueTask<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken);
}
