using System.Globalization;

namespace RecordHub.Server.Hosting;

/// <summary>How many files and connections this process may have open at a time (RLIMIT_NOFILE).</summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>The limit; null where there is none, or none that can be read.</summary>
    public static long? Limit()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? Parse(File.ReadLines(Limits).FirstOrDefault(static line => line.StartsWith(Line, StringComparison.Ordinal)))
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "Max open files            1024                 524288               files": the first counts, the second is how far
    // it may be raised. The runtime has raised it as far as it goes.
    private static long? Parse(string? line) =>
        line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
        && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long limit)
            ? limit : null;
}
