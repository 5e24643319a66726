using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RecordHub.Storage.Blobs.Volumes;

namespace RecordHub.Storage.Blobs;

/// <summary>What .NET does not offer of a file: flushing bytes without dates, taking room ahead, giving room back.</summary>
internal static partial class DiskSync
{
    // linux/falloc.h
    private const int KeepSize = 1;
    private const int PunchHole = 2;

    // linux/fs.h
    private const uint WriteRange = 2;
    private const int DontNeed = 4;
    private const int ZeroesAtOnce = 64 * 1024;

    /// <summary>Returns when the bytes of the file are on the disk (fdatasync(2)), and its length.</summary>
    /// <exception cref="IOException">They could not be flushed.</exception>
    internal static void FlushBytes(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (Fdatasync(file) != 0)
        {
            throw new IOException("A file could not be flushed to the disk.", Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Asks the system to begin writing bytes to the disk, without waiting: a flush later has less to do.</summary>
    internal static void BeginFlush(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            // Only a hint: what it answers does not matter.
            _ = SyncFileRange(file, offset, length, WriteRange);
        }
    }

    /// <summary>
    /// Lets the system forget bytes that are on the disk: its memory for them serves the next ones. They are read from the
    /// disk when somebody wants them.
    /// </summary>
    internal static void Forget(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux() && length > 0)
        {
            _ = FileAdvise(file, offset, length, DontNeed);
        }
    }

    /// <summary>Makes the file longer, with room on the disk where the file system can promise it: appending is then cheaper.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    internal static void Extend(SafeFileHandle file, long from, long length)
    {
        if (!OperatingSystem.IsLinux() || Fallocate(file, 0, from, length) != 0)
        {
            RandomAccess.SetLength(file, from + length);
        }
    }

    /// <summary>Makes a part of a file zeros, and gives its room back where the file system can.</summary>
    internal static void Clear(SafeFileHandle file, VolumeRange range)
    {
        if (range.Length <= 0 || (OperatingSystem.IsLinux()
            && Fallocate(file, PunchHole | KeepSize, range.Offset, range.Length) == 0))
        {
            return;
        }

        byte[] zeros = new byte[(int)Math.Min(ZeroesAtOnce, range.Length)];
        for (long done = 0; done < range.Length; done += zeros.Length)
        {
            RandomAccess.Write(
                file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, range.Length - done)), range.Offset + done);
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int FileAdvise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Fallocate(SafeFileHandle file, int mode, long offset, long length);
}
