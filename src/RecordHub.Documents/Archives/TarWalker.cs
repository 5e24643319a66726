using System.Runtime.CompilerServices;

namespace RecordHub.Documents.Archives;

/// <summary>Walks a tar archive, also one packed by gzip, and the archives inside it, within limits; or the one file in a gzip file.</summary>
public static class TarWalker
{
    /// <summary>How many first bytes tell one.</summary>
    public const int HeadLength = TarHeader.Length;

    /// <summary>Whether the first bytes are those of a tar archive or of a gzip file (RFC 1952 §2.3).</summary>
    public static bool IsArchive(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, 8, ..] || TarHeader.IsHeader(head);

    /// <summary>Never throws for what the archive holds: damage and limits come as <see cref="ArchiveItem.Refused"/>.</summary>
    /// <param name="archive">A seekable stream at its beginning.</param>
    /// <param name="name">Its name, of which that of the one file in a gzip file is made.</param>
    /// <param name="limits">What walking may cost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IAsyncEnumerable<ArchiveItem> WalkAsync(
        Stream archive, string name, ArchiveLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(limits);
        return WalkAsync(archive, name, string.Empty, 1, new ArchiveBudget(limits), cancellationToken);
    }

    internal static async IAsyncEnumerable<ArchiveItem> WalkAsync(
        Stream content, string name, string prefix, int depth, ArchiveBudget budget,
        [EnumeratorCancellation] CancellationToken stop)
    {
        string whole = prefix.TrimEnd('/', '!');
        (bool isTar, string? damage) = await LookAsync(content, stop);
        if (damage is not null)
        {
            yield return new ArchiveItem.Refused(whole, damage);
            yield break;
        }

        await using Stream? gzip = Gzip(content);
        await using InflatedStream inflated = new(gzip ?? content, content.Length, budget);
        if (!isTar)
        {
            budget.CountEntry();
            string one = prefix + (ArchivePath.Clean(NameInside(name)) ?? "(a name that is not allowed)");
            await foreach (ArchiveItem item in NestedArchive.MembersAsync(one, inflated, depth, budget, stop))
            {
                yield return item;
            }

            yield break;
        }

        TarEntries entries = new(inflated);
        while (true)
        {
            (TarEntries.Entry? entry, string? trouble) = await NextAsync(entries, gzip, inflated, stop);
            if (entry is null || budget.Exhausted is not null)
            {
                if ((trouble ?? (entry is null ? null : budget.Exhausted)) is { } reason)
                {
                    yield return new ArchiveItem.Refused(whole, reason);
                }

                yield break;
            }

            budget.CountEntry();
            string? clean = ArchivePath.Clean(entry.Name);
            string path = prefix + (clean ?? "(a name that is not allowed)");
            string? refusal = clean is null ? "its path leads outside the archive or is not a file name"
                : entry.Content.Left > budget.Limits.MaxEntryBytes ? $"more than {budget.Limits.MaxEntryBytes} bytes in one entry"
                : entry.Refusal;
            if (refusal is not null)
            {
                yield return new ArchiveItem.Refused(path, refusal);
                continue;
            }

            await using TarMember member = entry.Content;
            await foreach (ArchiveItem item in NestedArchive.MembersAsync(path, member, depth, budget, stop))
            {
                yield return item;
            }
        }
    }

    // The last of what is packed tells whether all of it is as it was (RFC 1952 §2.3.1).
    private static async Task<(TarEntries.Entry? Entry, string? Trouble)> NextAsync(
        TarEntries entries, Stream? gzip, InflatedStream inflated, CancellationToken stop)
    {
        try
        {
            if (await entries.NextAsync(stop) is { } entry)
            {
                return (entry, null);
            }

            if (gzip is not null)
            {
                while (await inflated.SkipAsync(81_920, stop))
                {
                }
            }

            return default;
        }
        catch (ArchiveLimitException over)
        {
            return (null, over.Message);
        }
        catch (InvalidDataException damaged)
        {
            return (null, $"not a whole tar archive ({damaged.Message})");
        }
    }

    private static async Task<(bool IsTar, string? Damage)> LookAsync(Stream content, CancellationToken stop)
    {
        try
        {
            byte[] head = new byte[HeadLength];
            content.Position = 0;
            await using Stream? gzip = Gzip(content);
            int length = await (gzip ?? content).ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
            bool isTar = TarHeader.IsHeader(head.AsSpan(0, length));
            return (isTar, isTar || gzip is not null ? null : "not a tar archive");
        }
        catch (InvalidDataException)
        {
            return (false, "not a whole gzip file");
        }
        finally
        {
            content.Position = 0;
        }
    }

    private static GzipMembers? Gzip(Stream content)
    {
        Span<byte> magic = stackalloc byte[2];
        int length = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return length == 2 && magic is [0x1F, 0x8B] ? new GzipMembers(content) : null;
    }

    private static string NameInside(string name)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return last.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && last.Length > 3 ? last[..^3]
            : last.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) && last.Length > 4 ? last[..^4]
            : last.Length == 0 ? "content" : last;
    }
}
