namespace RecordHub.Storage.Backups;

/// <summary>What a backup holds: every part with its digest, and how many rows and blobs there were.</summary>
public sealed record BackupManifest
{
    /// <summary>The format of this version.</summary>
    public const string CurrentFormat = "recordhub-backup/1";

    /// <summary>What every manifest says of its own backup.</summary>
    public const string HoldsRecords =
        "Names, identifiers and the records themselves: as confidential as the service. Encrypted blobs stay encrypted, each "
        + "with its wrapped key; the configured key (Blobs:EncryptionKey), settings, passwords and admin.token are not in it. "
        + "Hashes of tokens are.";

    /// <summary>The format.</summary>
    public required string Format { get; init; }

    /// <summary>When its state of the database was.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>How many migrations the database had had.</summary>
    public required int Schema { get; init; }

    /// <summary>The id of the store; null when the database had none yet, or an earlier version made the backup.</summary>
    public string? Store { get; init; }

    /// <summary>The files beside the manifest.</summary>
    public required IReadOnlyList<BackupPart> Parts { get; init; }

    /// <summary>Rows of each table.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>How many blobs the database names.</summary>
    public required long Blobs { get; init; }

    /// <summary>Their bytes as they are stored.</summary>
    public required long BlobBytes { get; init; }

    /// <summary>How many of them are encrypted.</summary>
    public required long EncryptedBlobs { get; init; }

    /// <summary>What whoever keeps it should know.</summary>
    public string Holds { get; init; } = HoldsRecords;
}
