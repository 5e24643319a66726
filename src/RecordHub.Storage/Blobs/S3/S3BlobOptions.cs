namespace RecordHub.Storage.Blobs.S3;

/// <summary>How blobs are kept in an object store.</summary>
public sealed record S3BlobOptions
{
    /// <summary>Where.</summary>
    public required S3Location Location { get; init; }

    /// <summary>The access key; null takes what the machine's environment gives.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret of the access key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The folder in which blobs wait until the object store has them; on a disk that outlives the process.</summary>
    public required string SpoolFolder { get; init; }

    /// <summary>Bytes that may wait there; when they do, nothing more is taken.</summary>
    public long MaxSpoolBytes { get; init; } = 10L << 30;

    /// <summary>Blobs longer than this go up in parts.</summary>
    public long PartBytes { get; init; } = 16L << 20;

    /// <summary>How long a sender waits for the object store before its blob is left in the spool.</summary>
    public TimeSpan UploadPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the spool is looked at.</summary>
    public TimeSpan SpoolInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The type only: it holds a secret.</summary>
    public override string ToString() => nameof(S3BlobOptions);
}
