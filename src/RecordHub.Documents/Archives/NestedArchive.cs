using System.Runtime.CompilerServices;

namespace RecordHub.Documents.Archives;

/// <summary>A member of an archive, which may be an archive itself.</summary>
internal static class NestedArchive
{
    private static readonly string[] s_endings = [".zip", ".tar", ".gz", ".tgz"];

    /// <summary>The member, or what is in it where its name says that it is an archive.</summary>
    public static async IAsyncEnumerable<ArchiveItem> MembersAsync(
        string path, Stream member, int depth, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!s_endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new ArchiveItem.Member(path, member);
            yield break;
        }

        if (depth >= budget.Limits.MaxDepth)
        {
            yield return new ArchiveItem.Refused(path, $"archives are nested deeper than {budget.Limits.MaxDepth}");
            yield break;
        }

        (FileStream? inner, string? failure) = await Spool.CopyAsync(member, budget.Limits.MaxNestedArchiveBytes, stop);
        if (inner is null)
        {
            yield return new ArchiveItem.Refused(path, failure ?? "it cannot be read");
            yield break;
        }

        await using (inner)
        {
            byte[] head = new byte[TarWalker.HeadLength];
            int length = await inner.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
            inner.Position = 0;
            IAsyncEnumerable<ArchiveItem>? inside =
                path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ZipWalker.WalkAsync(inner, path + "!/", depth + 1, budget, stop)
                : TarWalker.IsArchive(head.AsSpan(0, length)) ? TarWalker.WalkAsync(inner, path, path + "!/", depth + 1, budget, stop)
                : null;
            if (inside is null)
            {
                yield return new ArchiveItem.Member(path, inner);
                yield break;
            }

            await foreach (ArchiveItem item in inside)
            {
                yield return item;
            }
        }
    }
}
