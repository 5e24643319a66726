using System.Runtime.InteropServices;

namespace RecordHub.Storage.Blobs;

/// <summary>Flushes a folder, so that the name of a new file in it survives a loss of power (fsync(2)).</summary>
internal static partial class FolderSync
{
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC on x64
    private const int ReadOnlyDirectoryArm = 0x4000 | 0x80000;

    /// <summary>Returns when the folder's entries are on the disk. Elsewhere than on Linux the file system answers for it.</summary>
    /// <exception cref="IOException">The folder could not be flushed.</exception>
    internal static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        bool arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
        int descriptor = Open(folder, arm ? ReadOnlyDirectoryArm : ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw Error(Marshal.GetLastPInvokeError());
        }

        int result = Fsync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw Error(error);
        }
    }

    private static IOException Error(int error) => new("A folder could not be flushed to the disk.", error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
