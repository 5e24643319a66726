using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;

namespace RecordHub.Storage;

/// <summary>Where the store is and when it is full.</summary>
public sealed record StorageOptions
{
    /// <summary>The data folder; holds the database <c>recordhub.db</c> and the folder <c>blobs</c>, unless they are elsewhere.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder of the blobs; null is <c>blobs</c> in the data folder.</summary>
    public string? BlobFolder { get; init; }

    /// <summary>The database file; null is <c>recordhub.db</c> in the data folder.</summary>
    public string? DatabaseFile { get; init; }

    /// <summary>The connection string of a PostgreSQL database; null is SQLite.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>Free bytes on the blobs' volume below which nothing more is taken.</summary>
    public long MinFreeBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Whether a received blob is on the disk before its receipt is committed. Without, a loss of power may take what was
    /// acknowledged: for trials only.
    /// </summary>
    public bool FlushesBlobs { get; init; } = true;

    /// <summary>The longest blob, in bytes as it is stored, that shares a file with others; 0 gives each a file of its own.</summary>
    public long MostVolumeBlobBytes { get; init; } = 1L << 20;

    /// <summary>The keys that blobs are encrypted with; null leaves them as they are.</summary>
    public KeyRing? Keys { get; init; }

    /// <summary>The object store that blobs are kept in; null keeps them in the folder.</summary>
    public S3BlobOptions? ObjectStore { get; init; }

    /// <summary>How long rebuilding a study waits for more of its instances.</summary>
    public TimeSpan StudyDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Further ahead than anything that is asked for waits: what is due later was written while a clock was ahead, and is due now.
    /// </summary>
    public TimeSpan FarthestDue { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a write waits for another process that holds an embedded database.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folder of the blobs that is used: with an object store, of those on their way to it.</summary>
    internal string BlobPath =>
        Path.GetFullPath(ObjectStore?.SpoolFolder ?? BlobFolder ?? Path.Combine(DataFolder, "blobs"));

    /// <summary>The database file that is used.</summary>
    internal string DatabasePath => Path.GetFullPath(DatabaseFile ?? Path.Combine(DataFolder, "recordhub.db"));

    /// <summary>The type only: a connection string holds a password.</summary>
    public override string ToString() => nameof(StorageOptions);
}
