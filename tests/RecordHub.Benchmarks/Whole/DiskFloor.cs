using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace RecordHub.Benchmarks.Whole;

/// <summary>What the disk itself can do, in files or appends per second on one thread: the physical limit beside our figures.</summary>
internal static class DiskFloor
{
    private const int Count = 300;

    /// <summary>Appends to one file, each flushed.</summary>
    public static double Append(string folder, int length)
    {
        byte[] bytes = Noise(length);
        string place = Path.Combine(folder, "append");
        using SafeFileHandle file = File.OpenHandle(
            place, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose, (long)length * Count);
        return PerSecond(number =>
        {
            RandomAccess.Write(file, bytes, (long)number * length);
            RandomAccess.FlushToDisk(file);
        });
    }

    /// <summary>A file for each, flushed.</summary>
    public static double Files(string folder, int length)
    {
        byte[] bytes = Noise(length);
        string inner = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        try
        {
            return PerSecond(number =>
            {
                using SafeFileHandle file = File.OpenHandle(
                    Path.Combine(inner, $"{number}"), FileMode.CreateNew, FileAccess.Write);
                RandomAccess.Write(file, bytes, 0);
                RandomAccess.FlushToDisk(file);
            });
        }
        finally
        {
            Directory.Delete(inner, recursive: true);
        }
    }

    private static double PerSecond(Action<int> once)
    {
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            once(i);
        }

        return Math.Round(Count / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
