namespace RecordHub.Storage.Blobs;

/// <summary>Where blobs say which database they belong to, see <see cref="StoreIdentity"/>.</summary>
internal interface IStoreMark
{
    /// <summary>What stands there; null when nothing does.</summary>
    /// <exception cref="Core.Intake.StorageAwayException">It cannot be read now.</exception>
    Task<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes it where nothing stands yet, durably.</summary>
    Task WriteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether there are blobs.</summary>
    bool HasBlobs { get; }

    /// <summary>Whether it is certain that there are none.</summary>
    bool IsEmpty { get; }

    /// <summary>Where, in words for an operator.</summary>
    string Place { get; }
}
