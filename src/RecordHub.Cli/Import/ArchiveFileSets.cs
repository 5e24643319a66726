using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;
using RecordHub.Documents.Archives;

namespace RecordHub.Cli.Import;

/// <summary>The DICOMDIRs in an archive, and which files are there; found on a first walk that reads nothing else.</summary>
internal sealed class ArchiveFileSets
{
    private readonly List<(string Folder, FileSet Set)> _sets = [];
    private readonly List<string> _paths = [];
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);

    /// <summary>Whether there is a DICOMDIR.</summary>
    public bool Any => _sets.Count > 0;

    public static async Task<ArchiveFileSets> ReadAsync(
        IAsyncEnumerable<ArchiveItem> items, CancellationToken cancellationToken)
    {
        ArchiveFileSets found = new();
        await foreach (ArchiveItem.Member member in items.OfType<ArchiveItem.Member>().WithCancellation(cancellationToken))
        {
            found._paths.Add(member.Path);
            if (!FolderFileSets.IsDirectoryName(member.Path))
            {
                continue;
            }

            FileSet? set = await FileSetOfAsync(member.Content, cancellationToken);
            if (set is { Count: > 0 })
            {
                found._sets.Add((member.Path[..^"DICOMDIR".Length], set));
            }

            if (set is not { IsWhole: true })
            {
                found._damaged.Add(member.Path);
            }
        }

        return found;
    }

    /// <summary>Whether there is a DICOMDIR above a file.</summary>
    public bool Holds(string path) => _sets.Exists(one => path.StartsWith(one.Folder, StringComparison.Ordinal));

    /// <summary>Whether it is a DICOMDIR that cannot be read to its end.</summary>
    public bool IsDamaged(string path) => _damaged.Contains(path);

    /// <summary>Whether the nearest DICOMDIR above names a file.</summary>
    public bool Names(string path) => Above(path) is (var folder, { } set) && set.Names(path[folder.Length..]);

    /// <summary>The names of what contradicts the nearest DICOMDIR above.</summary>
    public IReadOnlyList<string> Check(string path, DicomHeader header) =>
        Above(path) is (var folder, { } set) && set.Check(path[folder.Length..], header) is { } finding ? [FolderFileSets.WordOf(finding)] : [];

    /// <summary>Files that a DICOMDIR names and that are not there.</summary>
    public IEnumerable<string> Missing() => _sets.SelectMany(one => one.Set
        .Missing(_paths.Where(path => path.StartsWith(one.Folder, StringComparison.Ordinal)).Select(path => path[one.Folder.Length..]))
        .Select(missing => one.Folder + missing));

    private (string Folder, FileSet? Set) Above(string path) =>
        _sets.Where(one => path.StartsWith(one.Folder, StringComparison.Ordinal)).MaxBy(one => one.Folder.Length);

    // What is wrong with a member is said when it is imported.
    private static async Task<FileSet?> FileSetOfAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return await FolderFileSets.ReadAsync(content, cancellationToken);
        }
        catch (Exception broken) when (broken is ArchiveLimitException or InvalidDataException)
        {
            return null;
        }
    }
}
