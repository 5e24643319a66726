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
    public bool IsEmpty => !HasBlobs;

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
    public Task WriteAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DurableFile.Write(File, System.Text.Encoding.ASCII.GetBytes(id + "\n"));
        return Task.CompletedTask;
    }
}
