using RecordHub.Storage.Blobs.Volumes;

namespace RecordHub.Storage.Blobs;

/// <summary>The mark of a folder of blobs: the file <c>store.id</c> in it.</summary>
internal sealed class FolderMark(BlobFolder folder) : IStoreMark
{
    private const int MostBytes = 64;

    private string File => Path.Combine(folder.Root, "store.id");

    /// <inheritdoc />
    public string Place => $"the folder {folder.Root}";

    /// <inheritdoc />
    public bool HasBlobs => Directory.Exists(folder.Root)
        && (new VolumeFolder(folder.Root).List().Any() || folder.Files().Any());

    /// <inheritdoc />
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        FileInfo file = new(File);
        if (!file.Exists || file.Length is 0 or > MostBytes)
        {
            return null;
        }

        return (await System.IO.File.ReadAllTextAsync(File, cancellationToken).ConfigureAwait(false)).Trim();
    }

    /// <inheritdoc />
    public async Task WriteAsync(string id, CancellationToken cancellationToken)
    {
        // Whole by renaming, also when another process does the same.
        string draft = Path.Combine(folder.Incoming, Guid.NewGuid().ToString("N"));
        FileStream stream = new(draft, PrivateFolder.File(FileShare.None));
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(id + "\n"), cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(draft, File, overwrite: true);
        FolderSync.Flush(folder.Root);
    }
}
