using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage;

/// <summary>Looks at a SQLite database that nobody has opened, without making or changing it.</summary>
public static class DatabaseFile
{
    /// <summary>What is there. It is looked for damage as far as one comes in the time, or as a whole.</summary>
    /// <param name="options">Where the store is.</param>
    /// <param name="full">Whether all of it is read, however long that takes.</param>
    /// <param name="atMost">How long it is read otherwise.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    /// <exception cref="UnauthorizedAccessException">Its folder may not be read.</exception>
    public static async Task<DatabaseFileFindings> LookAsync(
        StorageOptions options, bool full, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string file = options.DatabasePath;
        if (!File.Exists(file))
        {
            RequireReadable(file);
            return new DatabaseFileFindings(file, 0, null, true, [], SqliteSchema.Scripts)
            {
                LacksBesideBlobs = await HasBlobsAsync(options, cancellationToken).ConfigureAwait(false),
            };
        }

        long length = new FileInfo(file).Length;
        SqliteFindings found = await Task.Run(() => SqliteLook.Read(file, full, atMost), cancellationToken).ConfigureAwait(false);
        return new DatabaseFileFindings(
            file, length, SqliteSchema.Scripts - found.Version, found.IsWhole, found.Faults, SqliteSchema.Scripts)
        {
            Closed = found.Closed,
        };
    }

    /// <summary>The SQLite file that the store would have, when it is not there; else null.</summary>
    /// <exception cref="UnauthorizedAccessException">Its folder may not be read.</exception>
    public static string? FindMissing(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PostgresConnection is not null || File.Exists(options.DatabasePath))
        {
            return null;
        }

        RequireReadable(options.DatabasePath);
        return options.DatabasePath;
    }

    /// <summary>Whether there are blobs in a folder, or the mark of some.</summary>
    public static async Task<bool> HasBlobsAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        FolderMark mark = new(new BlobFolder(options.BlobPath));
        return options.ObjectStore is null
            && (mark.HasBlobs || await mark.ReadAsync(cancellationToken).ConfigureAwait(false) is not null);
    }

    // What lies in a folder that we may not look into is not missing.
    internal static void RequireReadable(string file)
    {
        if (Path.GetDirectoryName(file) is { } folder && Directory.Exists(folder))
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
        }
    }

    /// <summary>What is to be done about a damaged file.</summary>
    public static string Advice => SqliteLook.Remedy;
}
