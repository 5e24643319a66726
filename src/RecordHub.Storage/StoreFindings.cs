namespace RecordHub.Storage;

/// <summary>What a look at an open store showed.</summary>
public sealed record StoreFindings
{
    /// <summary>Why the object store does not answer; null when it does, or when blobs are in a folder.</summary>
    public string? ObjectStoreAway { get; init; }

    /// <summary>What the object store does not do of put, get and delete; null when it does all, is away, or is a folder.</summary>
    public string? ObjectStoreFault { get; init; }

    /// <summary>Blobs that were looked at: those of the first and the latest items.</summary>
    public required int Looked { get; init; }

    /// <summary>Of those: the ones that are not there.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Of those: the encrypted ones that no configured key opens.</summary>
    public required int Unopened { get; init; }

    /// <summary>Of those: the encrypted ones.</summary>
    public required int Encrypted { get; init; }

    /// <summary>Blobs that wait to be removed.</summary>
    public required long Spare { get; init; }

    /// <summary>Entries of the outbox whose last attempt failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Purges that are not done.</summary>
    public required long UnfinishedPurges { get; init; }

    /// <summary>The first entry of the operators' journal that is not as it was written; 0 when all are.</summary>
    public required long BrokenJournal { get; init; }

    /// <summary>Bytes in the spool on their way to the object store.</summary>
    public long Waiting { get; init; }
}
