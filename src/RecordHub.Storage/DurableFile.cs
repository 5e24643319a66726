using RecordHub.Storage.Blobs;

namespace RecordHub.Storage;

/// <summary>
/// Writes what is written once and must survive a loss of power. Whoever reads it meanwhile reads what was there, or all of what
/// is written.
/// </summary>
public static class DurableFile
{
    /// <summary>
    /// Puts the content in the place of the file; file and name are on the disk when it returns. A new file is its owner's alone,
    /// one that is there keeps its rights.
    /// </summary>
    /// <exception cref="IOException">It could not be written; what was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what was there is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string full = Path.GetFullPath(path);
        string draft = $"{full}.{Path.GetRandomFileName()}";
        try
        {
            using (FileStream file = new(draft, PrivateFolder.File(FileShare.None)))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(full) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(draft, File.GetUnixFileMode(full));
            }

            File.Move(draft, full, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(full) ?? full);
        }
        finally
        {
            if (File.Exists(draft))
            {
                File.Delete(draft);
            }
        }
    }

    /// <summary>Returns when a file that others have written is on the disk.</summary>
    /// <exception cref="IOException">It could not be flushed.</exception>
    internal static void Flush(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Flush(flushToDisk: true);
    }
}
