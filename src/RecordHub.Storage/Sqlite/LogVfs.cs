using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RecordHub.Storage.Blobs;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// The files of whoever writes (sqlite.org/vfs.html): SQLite's own, but for the write-ahead log, to which a commit is
/// written in one piece (<see cref="LogPiece"/>) and which is flushed without its dates (docs/decisions/0024).
/// </summary>
/// <remarks>Everything here is called by SQLite, on the thread that runs a statement; nothing may throw.</remarks>
internal static unsafe partial class LogVfs
{
    private const int Ok = 0;
    private const int CannotOpen = 14;
    private const int CannotFlush = 1034;
    private const int IsLog = 0x0008_0000;

    private static readonly Lazy<string?> s_name = new(Register);
    private static Vfs* s_inner;
    private static Methods* s_inherited;
    private static Methods* s_own;
    private static readonly Lock s_lock = new();

    /// <summary>What a connection string calls it; null where SQLite's own is as good.</summary>
    internal static string? Name => s_name.Value;

    /// <summary>Writes to a log as SQLite's own does.</summary>
    internal static int Write(nint file, void* bytes, int count, long offset) =>
        s_inherited->Write((OpenFile*)file, bytes, count, offset);

    private static string? Register()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        const string name = "recordhub";
        SQLitePCL.Batteries_V2.Init();

        // Nobody asks SQLite how much memory it has, which it counts behind a lock of all connections. Too late is harmless.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
        s_inner = Find(null);
        Vfs* own = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *own = *s_inner;
        own->SizeOfFile = s_inner->SizeOfFile + sizeof(nint);
        own->Next = 0;
        own->Name = Marshal.StringToCoTaskMemUTF8(name);
        own->Open = &Open;
        return Add(own, isDefault: 0) == Ok
            ? name
            : throw new InvalidOperationException("SQLite took no file system of ours.");
    }

    // Behind what SQLite's own keeps of a file.
    private static nint* HandleOf(OpenFile* file) => (nint*)((byte*)file + s_inner->SizeOfFile);

    private static Log? LogOf(OpenFile* file) => GCHandle.FromIntPtr(*HandleOf(file)).Target as Log;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, OpenFile* file, int flags, int* given)
    {
        int result = s_inner->Open(s_inner, name, file, flags, given);
        if (result != Ok || (flags & IsLog) == 0)
        {
            return result;
        }

        try
        {
            Log log = new(File.OpenHandle(
                Marshal.PtrToStringUTF8((nint)name) ?? string.Empty, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete));
            *HandleOf(file) = GCHandle.ToIntPtr(GCHandle.Alloc(log));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // SQLite closes what has methods, which are its own so far.
            return CannotOpen;
        }

        file->Methods = OwnMethods(file->Methods);
        return Ok;
    }

    // All logs have the same ones.
    private static Methods* OwnMethods(Methods* inherited)
    {
        lock (s_lock)
        {
            if (s_own != null)
            {
                return s_own;
            }

            Methods* own = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
            *own = *inherited;
            own->Close = &Close;
            own->Read = &Read;
            own->Write = &Write;
            own->Sync = &Sync;
            s_inherited = inherited;
            s_own = own;
            return own;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(OpenFile* file)
    {
        LogOf(file)?.File.Dispose();
        GCHandle.FromIntPtr(*HandleOf(file)).Free();
        return s_inherited->Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(OpenFile* file, void* bytes, int count, long offset) =>
        LogPiece.Current?.Flush() is { } failure and not Ok
            ? failure
            : s_inherited->Read(file, bytes, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, void* bytes, int count, long offset) => LogPiece.Current is { } piece
        ? piece.Add((nint)file, new ReadOnlySpan<byte>(bytes, count), offset)
        : s_inherited->Write(file, bytes, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int flags)
    {
        if (LogPiece.Current?.Flush() is { } failure and not Ok)
        {
            return failure;
        }

        // The first time SQLite's own, which flushes the folder as well, in which the log is new.
        if (LogOf(file) is not { HasName: true } log)
        {
            int result = s_inherited->Sync(file, flags);
            LogOf(file)?.HasName = result == Ok;
            return result;
        }

        try
        {
            DiskSync.FlushBytes(log.File);
            return Ok;
        }
        catch (IOException)
        {
            return CannotFlush;
        }
    }

    /// <summary>What is kept of a log that is open: the same file once more, to be flushed.</summary>
    private sealed class Log(SafeFileHandle file)
    {
        internal SafeFileHandle File { get; } = file;

        /// <summary>Whether it is on the disk that the log is there.</summary>
        internal bool HasName { get; set; }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Vfs* Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Add(Vfs* vfs, int isDefault);
}
