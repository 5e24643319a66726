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
    /// Makes the blob durable. Gives its place when it is found by the row that names it (<see cref="BlobNaming.ByRow"/>);
    /// null when it is found by its hash. A blob that is there already stays.
    /// </summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    Task<BlobPlace?> CommitAsync(ContentHash hash, CancellationToken cancellationToken);
}
