namespace RecordHub.Storage.Backups;

/// <summary>Writes one state of a database into files, and a database from them.</summary>
internal abstract class DatabaseCopy
{
    /// <summary>What the union of all names of blobs is.</summary>
    protected const string NamedBlobs =
        """
        SELECT blob FROM item UNION SELECT blob FROM instance UNION SELECT blob FROM "binary" UNION SELECT digest FROM package
        """;

    /// <summary>The id of the store, where the database has one.</summary>
    protected const string StoreId = "SELECT value FROM shared_key WHERE name = 'store'";

    /// <summary>How a manifest names the engine.</summary>
    internal abstract string Engine { get; }

    /// <summary>How many migrations this version has.</summary>
    internal abstract int Schema { get; }

    /// <summary>How many migrations the database has had that is to be copied; nothing is made or changed.</summary>
    /// <exception cref="BackupException">There is none, or it is damaged.</exception>
    internal abstract Task<int> DoneAsync(CancellationToken cancellationToken);

    /// <summary>Writes the files into the folder, while others go on reading and writing the database.</summary>
    internal abstract Task<DatabaseState> WriteAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Why nothing may be loaded here; null when there is nothing yet.</summary>
    internal abstract Task<string?> OccupiedAsync(CancellationToken cancellationToken);

    /// <summary>The id of the store that the files are of; null when they do not tell.</summary>
    internal virtual string? StoreOf(string folder) => null;

    /// <summary>The id of the store in the database as it is now; null when it has none.</summary>
    internal abstract Task<string?> StoreAsync(CancellationToken cancellationToken);

    /// <summary>Makes the database of the files; all or nothing.</summary>
    internal abstract Task LoadAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Counts the rows of the database as it is now.</summary>
    internal abstract Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken);
}
