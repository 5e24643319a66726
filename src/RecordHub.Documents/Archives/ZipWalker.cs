using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace RecordHub.Documents.Archives;

/// <summary>Walks a ZIP file and the archives inside it, within limits.</summary>
public static class ZipWalker
{
    /// <summary>Never throws for what the archive holds: damage and limits come as <see cref="ArchiveItem.Refused"/>.</summary>
    /// <remarks>A stream that cannot seek is first copied to a temporary file, which is deleted at the end. Folders are not told.</remarks>
    public static async IAsyncEnumerable<ArchiveItem> WalkAsync(
        Stream archive, ArchiveLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(limits);
        ArchiveBudget budget = new(limits);
        if (archive.CanSeek)
        {
            await foreach (ArchiveItem item in WalkAsync(archive, string.Empty, 1, budget, cancellationToken))
            {
                yield return item;
            }

            yield break;
        }

        (FileStream? spooled, string? reason) = await Spool.CopyAsync(archive, limits.MaxNestedArchiveBytes, cancellationToken);
        if (spooled is null)
        {
            yield return new ArchiveItem.Refused(string.Empty, reason ?? "it cannot be read");
            yield break;
        }

        await using (spooled)
        {
            await foreach (ArchiveItem item in WalkAsync(spooled, string.Empty, 1, budget, cancellationToken))
            {
                yield return item;
            }
        }
    }

    internal static async IAsyncEnumerable<ArchiveItem> WalkAsync(
        Stream content, string prefix, int depth, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken stop)
    {
        (ZipArchive? archive, string? damage) = Open(content, budget);
        if (archive is null)
        {
            yield return new ArchiveItem.Refused(prefix.TrimEnd('/', '!'), damage ?? "not a ZIP file");
            yield break;
        }

        using (archive)
        {
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                stop.ThrowIfCancellationRequested();
                if (entry.Length == 0 && (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\')))
                {
                    continue;
                }

                if (budget.Exhausted is { } limit)
                {
                    yield return new ArchiveItem.Refused(prefix.TrimEnd('/', '!'), limit);
                    yield break;
                }

                await foreach (ArchiveItem item in EntryAsync(entry, prefix, depth, budget, stop))
                {
                    yield return item;
                }
            }
        }
    }

    private static async IAsyncEnumerable<ArchiveItem> EntryAsync(
        ZipArchiveEntry entry, string prefix, int depth, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken stop)
    {
        budget.CountEntry();
        string? name = ArchivePath.Clean(entry.FullName);
        string path = prefix + (name ?? "(a name that is not allowed)");
        (Stream? member, string? reason) = name is null
            ? (null, "its path leads outside the archive or is not a file name")
            : OpenMember(entry, budget);
        if (member is null)
        {
            yield return new ArchiveItem.Refused(path, reason ?? "it cannot be read");
            yield break;
        }

        await using (member)
        {
            await foreach (ArchiveItem item in NestedArchive.MembersAsync(path, member, depth, budget, stop))
            {
                yield return item;
            }
        }
    }

    private static (ZipArchive? Archive, string? Reason) Open(Stream content, ArchiveBudget budget)
    {
        try
        {
            if (!ZipDirectory.HoldsAtMost(content, budget.EntriesLeft))
            {
                return (null, $"more than {budget.Limits.MaxEntries} entries");
            }

            content.Position = 0;
            ZipArchive archive = new(content, ZipArchiveMode.Read, leaveOpen: true, EntryNames.Encoding);
            _ = archive.Entries.Count;
            return (archive, null);
        }
        catch (InvalidDataException)
        {
            return (null, "not a whole ZIP file (its directory at the end is missing or damaged)");
        }
    }

    private static (Stream? Member, string? Reason) OpenMember(ZipArchiveEntry entry, ArchiveBudget budget)
    {
        const int LinkType = 0xA;
        if (entry.IsEncrypted)
        {
            return (null, "encrypted; give an unencrypted archive");
        }

        if (((entry.ExternalAttributes >> 28) & 0xF) == LinkType)
        {
            return (null, "a symbolic link");
        }

        try
        {
            return (new MeteredStream(entry.Open(), entry.CompressedLength, entry.Crc32, budget), null);
        }
        catch (InvalidDataException)
        {
            return (null, "damaged, or packed by a method that is not supported");
        }
    }
}
