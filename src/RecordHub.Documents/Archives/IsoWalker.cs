using System.Runtime.CompilerServices;

namespace RecordHub.Documents.Archives;

/// <summary>
/// Walks a disc image (ISO 9660, with Joliet names when it has them), within limits. A hostile image can neither lead in
/// circles nor outside: each folder is entered once, and a file's content is inside the image or refused.
/// </summary>
public static class IsoWalker
{
    /// <summary>How many first bytes tell a disc image.</summary>
    public const int HeadLength = (16 * IsoVolume.SectorLength) + 6;

    private const int SignatureLength = 5;
    private const int MaxDepth = 32;
    private const int MaxFolderBytes = 64 * 1024 * 1024;

    /// <summary>Whether the first bytes are a disc image's: of ISO 9660, or of UDF alone.</summary>
    public static bool IsImage(ReadOnlySpan<byte> head) =>
        head.Length >= HeadLength && IsSignature(head[(HeadLength - SignatureLength)..]);

    /// <summary>Never throws for what the image holds: damage and limits come as <see cref="ArchiveItem.Refused"/>.</summary>
    /// <param name="image">A seekable stream; members are read from it, so one at a time.</param>
    /// <param name="limits">What walking may cost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<ArchiveItem> WalkAsync(
        Stream image, ArchiveLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(limits);
        if (await IsoVolume.ReadAsync(image, cancellationToken) is not { } volume)
        {
            yield return new ArchiveItem.Refused(
                string.Empty, "a disc image without an ISO 9660 volume (UDF alone is not read); mount it and import its folder");
            yield break;
        }

        ArchiveBudget budget = new(limits);
        HashSet<uint> entered = [volume.Root.Block];
        Stack<(IsoRecord Folder, string Path, int Depth)> folders = new([(volume.Root, string.Empty, 1)]);
        while (folders.TryPop(out (IsoRecord Folder, string Path, int Depth) at))
        {
            (IReadOnlyList<IsoEntry> entries, string? damage) =
                await ReadFolderAsync(image, volume, at.Folder, cancellationToken);
            if (damage is not null)
            {
                yield return new ArchiveItem.Refused(at.Path, damage);
            }

            foreach (IsoEntry entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (budget.Exhausted is { } limit)
                {
                    yield return new ArchiveItem.Refused(string.Empty, limit);
                    yield break;
                }

                budget.CountEntry();
                string path = at.Path.Length == 0 ? entry.Name : $"{at.Path}/{entry.Name}";
                if (entry.Refusal(image.Length) is { } refusal)
                {
                    yield return new ArchiveItem.Refused(refusal.IsName ? at.Path : path, refusal.Reason);
                }
                else if (!entry.IsFolder)
                {
                    await using SectionStream content = new(image, entry.Parts, budget);
                    yield return new ArchiveItem.Member(path, content);
                }
            }

            foreach (IsoEntry folder in entries.Where(entry => entry.IsFolder).Reverse())
            {
                string path = at.Path.Length == 0 ? folder.Name : $"{at.Path}/{folder.Name}";
                if (folder.Refusal(image.Length) is not null)
                {
                    continue;
                }

                if (at.Depth >= MaxDepth || !entered.Add(folder.First.Block))
                {
                    yield return new ArchiveItem.Refused(
                        path, at.Depth >= MaxDepth ? $"folders are nested deeper than {MaxDepth}" : "a folder that leads back to another one");
                }
                else
                {
                    folders.Push((folder.First, path, at.Depth + 1));
                }
            }
        }
    }

    private static async Task<(IReadOnlyList<IsoEntry> Entries, string? Damage)> ReadFolderAsync(
        Stream image, IsoVolume volume, IsoRecord folder, CancellationToken cancellationToken)
    {
        long start = (long)folder.Block * volume.BlockLength;
        if (folder.Length > MaxFolderBytes || start + folder.Length > image.Length)
        {
            return ([], "a folder that lies outside the image or is larger than 64 MB; the image is damaged or cut off");
        }

        byte[] bytes = new byte[folder.Length];
        image.Position = start;
        await image.ReadExactlyAsync(bytes, cancellationToken);
        return (IsoEntry.Read(bytes, volume), null);
    }

    private static bool IsSignature(ReadOnlySpan<byte> id) => id.StartsWith("CD001"u8) || id.StartsWith("BEA01"u8);
}
