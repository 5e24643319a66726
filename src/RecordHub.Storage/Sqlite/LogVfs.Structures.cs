using System.Runtime.InteropServices;

namespace RecordHub.Storage.Sqlite;

/// <content>What SQLite and its file systems call each other by (sqlite3.h).</content>
internal static unsafe partial class LogVfs
{
    /// <summary>sqlite3_vfs; what is not named here is handed on as it is.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        internal int Version;
        internal int SizeOfFile;
        internal int MostPathBytes;
        internal nint Next;
        internal nint Name;
        internal nint Own;
        internal delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenFile*, int, int*, int> Open;
        internal fixed long Others[15];
    }

    /// <summary>sqlite3_file, behind which each file system keeps its own.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        internal Methods* Methods;
    }

    /// <summary>sqlite3_io_methods; what is not named here is handed on as it is.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        internal int Version;
        internal delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        internal delegate* unmanaged[Cdecl]<OpenFile*, void*, int, long, int> Read;
        internal delegate* unmanaged[Cdecl]<OpenFile*, void*, int, long, int> Write;
        internal delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        internal delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
        internal fixed long Others[13];
    }
}
