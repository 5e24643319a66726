namespace RecordHub.Core.Intake;

/// <summary>One blob being written.</summary>
public interface IBlobWriter : IAsyncDisposable
{
    /// <summary>Appends bytes.</summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Makes the blob durable under its hash (file and folder flushed). A blob that is there already stays.</summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    Task CommitAsync(ContentHash hash, CancellationToken cancellationToken);
}
