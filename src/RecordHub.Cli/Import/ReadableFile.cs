namespace RecordHub.Cli.Import;

/// <summary>Opens what was found in a folder. A pipe has no length, and opening one waits for ever.</summary>
internal static class ReadableFile
{
    public const string NoBytes = "it has no bytes; pipes, sockets and drives are not read";

    /// <summary>Of a link, the length of what it leads to.</summary>
    public static long LengthOf(FileInfo file) =>
        (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;

    /// <exception cref="IOException">It is not there, has no bytes, or cannot be read.</exception>
    public static FileStream Open(string path) =>
        LengthOf(new FileInfo(path)) > 0 ? File.OpenRead(path) : throw new IOException(NoBytes);

    /// <summary>Why a file could not be read, without its path.</summary>
    public static string ReasonOf(Exception unreadable) =>
        unreadable is FileNotFoundException or DirectoryNotFoundException ? "there is no such file any more"
        : unreadable.Message == NoBytes ? NoBytes
        : "it cannot be read; check its permissions and the disc it is on";
}
