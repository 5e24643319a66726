using System.Runtime.CompilerServices;

namespace RecordHub.Documents.Archives;

/// <summary>Walks a ZIP file and the ZIP files inside it, within limits.</summary>
public static class ZipWalker
{
    /// <summary>Never throws for what the archive holds: damage and limits come as <see cref="ArchiveItem.Refused"/>.</summary>
    /// <remarks>A stream that cannot seek is first copied to a temporary file, which is deleted at the end.</remarks>
    public static async IAsyncEnumerable<ArchiveItem> WalkAsync(
        Stream archive, ArchiveLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }
}
