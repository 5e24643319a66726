using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>
/// Writes to a file past the system's memory (O_DIRECT): long blobs are then neither copied into it nor forgotten by it
/// again. Not every system and file system can; what is not written so is written as usual.
/// </summary>
internal sealed partial class DirectFile : IDisposable
{
    /// <summary>What offsets, lengths and addresses are a multiple of: the block of all disks that we know of.</summary>
    internal const int Alignment = 4096;

    // A piece of 128 KiB each.
    private const int MostPieces = 16;

    // fcntl.h
    private const int WriteOnly = 1;
    private const int CloseOnExec = 0x80000;
    private const int InvalidArgument = 22;

    private readonly SafeFileHandle _file;
    private volatile bool _isRefused;

    private DirectFile(SafeFileHandle file) => _file = file;

    /// <summary>Whether the file system has not said that it cannot.</summary>
    internal bool IsUsable => !_isRefused;

    /// <summary>Opens a file that is there; null when its system or file system cannot write so.</summary>
    internal static DirectFile? TryOpen(string path)
    {
        int direct = RuntimeInformation.ProcessArchitecture switch
        {
            _ when !OperatingSystem.IsLinux() => 0,
            Architecture.X64 => 0x4000,
            Architecture.Arm64 => 0x10000,
            _ => 0,
        };
        if (direct == 0)
        {
            return null;
        }

        int file = Open(path, WriteOnly | CloseOnExec | direct);
        return file < 0 ? null : new DirectFile(new SafeFileHandle(file, ownsHandle: true));
    }

    /// <summary>The next multiple of <see cref="Alignment"/>.</summary>
    internal static long Align(long at) => (at + Alignment - 1) & ~(Alignment - 1L);

    /// <summary>
    /// Writes bytes, and zeros up to the next multiple of <see cref="Alignment"/>, at an offset that is one. False when not
    /// all of them are written: whoever asked writes them as usual, and hears what is the matter.
    /// </summary>
    internal bool TryWrite(IReadOnlyList<Piece> pieces, VolumeRange range)
    {
        Span<IoVector> vectors = stackalloc IoVector[MostPieces];
        if (_isRefused || pieces.Count > MostPieces)
        {
            return false;
        }

        long left = range.Length;
        int count = 0;
        while (left > 0)
        {
            Piece piece = pieces[count];
            int filled = (int)Math.Min(Piece.Length, left);
            int whole = (int)Align(filled);
            piece.Span[filled..whole].Clear();
            vectors[count++] = new IoVector(piece.Address, whole);
            left -= filled;
        }

        nint written = Write(_file, vectors[..count], count, range.Offset);
        if (written < 0 && Marshal.GetLastPInvokeError() == InvalidArgument)
        {
            _isRefused = true;
        }

        return written == Align(range.Length);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pwritev", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<IoVector> vectors, int count, long offset);

    // struct iovec
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct IoVector(nint Address, nint Length);
}
