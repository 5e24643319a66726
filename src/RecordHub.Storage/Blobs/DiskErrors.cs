using System.Runtime.InteropServices;

namespace RecordHub.Storage.Blobs;

/// <summary>Tells "no room" from other errors of a disk.</summary>
internal static class DiskErrors
{
    private const int NoSpaceLinux = 28;
    private const int NoSpaceQuotaLinux = 122;
    private const int NoSpaceQuotaMac = 69;
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);
    private const int DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>Whether the volume or the quota is full.</summary>
    internal static bool IsFull(IOException exception) => exception.HResult switch
    {
        NoSpaceLinux or HandleDiskFullWindows or DiskFullWindows => true,
        NoSpaceQuotaLinux => RuntimeInformation.IsOSPlatform(OSPlatform.Linux),
        NoSpaceQuotaMac => RuntimeInformation.IsOSPlatform(OSPlatform.OSX),
        _ => false,
    };
}
