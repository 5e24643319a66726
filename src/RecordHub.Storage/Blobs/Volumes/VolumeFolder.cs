using Microsoft.Win32.SafeHandles;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>Where volumes lie: <c>volumes/ID.vol</c> beside the folders of single blobs.</summary>
internal sealed class VolumeFolder(string root)
{
    private const string Suffix = ".vol";
    private const string HeldSuffix = ".held";

    internal string Root { get; } = Path.Combine(Path.GetFullPath(root), "volumes");

    internal string PathOf(Guid volume) => Path.Combine(Root, volume.ToString("N") + Suffix);

    /// <summary>
    /// Says that somebody appends to a volume, until the handle is closed or its process ends. A file beside the volume is
    /// locked for that, as readers lock the volume itself.
    /// </summary>
    internal SafeFileHandle Hold(Guid volume) => File.OpenHandle(
        HeldPathOf(volume), FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);

    /// <summary>Whether somebody appends to a volume. Once nobody does, nobody ever will again.</summary>
    internal bool IsHeld(Guid volume)
    {
        try
        {
            // Left by a process that was killed: gone with this look.
            File.OpenHandle(
                HeldPathOf(volume), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Makes a new volume, durable by its name.</summary>
    internal SafeFileHandle Create(Guid volume)
    {
        // The folder was made when the store was opened: one that is gone now is a disk that is away.
        SafeFileHandle file = File.OpenHandle(
            PathOf(volume), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        FolderSync.Flush(Root);
        return file;
    }

    /// <summary>Opens a volume; null when it is not there.</summary>
    internal SafeFileHandle? TryOpen(Guid volume, FileAccess access = FileAccess.Read)
    {
        try
        {
            return File.OpenHandle(PathOf(volume), FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string HeldPathOf(Guid volume) => Path.Combine(Root, volume.ToString("N") + HeldSuffix);

    /// <summary>All volumes.</summary>
    internal IEnumerable<Guid> List() => Directory.Exists(Root)
        ? Directory.EnumerateFiles(Root, "*" + Suffix)
            .Select(static file => Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out Guid id) ? id : default)
            .Where(static id => id != default)
        : [];
}
