using System.Runtime.InteropServices;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Tells "no room" from other errors of a disk.</summary>
internal static class DiskErrors
{
    private const int NoSpaceLinux = 28;
    private const int NoSpaceQuotaLinux = 122;
    private const int NoSpaceQuotaMac = 69;
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);
    private const int DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>What an error in writing means to Core; null when it is none of the disk's.</summary>
    internal static Exception? Translate(Exception exception) => exception switch
    {
        IOException full when IsFull(full) => new StorageFullException("The blobs' disk is full.", exception),
        IOException or UnauthorizedAccessException =>
            new StorageAwayException("The blobs' folder cannot be written.", exception),
        _ => null,
    };

    /// <summary>Whether the volume or the quota is full.</summary>
    internal static bool IsFull(IOException exception) => exception.HResult switch
    {
        NoSpaceLinux or HandleDiskFullWindows or DiskFullWindows => true,
        NoSpaceQuotaLinux => RuntimeInformation.IsOSPlatform(OSPlatform.Linux),
        NoSpaceQuotaMac => RuntimeInformation.IsOSPlatform(OSPlatform.OSX),
        _ => false,
    };
}
