using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;
using RecordHub.Documents.Archives;

namespace RecordHub.Cli.Import;

/// <summary>The DICOMDIRs in an archive, and which files are there; found on a first walk that reads nothing else.</summary>
internal sealed class ArchiveFileSets
{
    private readonly List<(string Folder, FileSet Set)> _sets = [];
    private readonly List<string> _paths = [];

    /// <summary>Whether there is a DICOMDIR.</summary>
    public bool Any => _sets.Count > 0;

    public static async Task<ArchiveFileSets> ReadAsync(
        IAsyncEnumerable<ArchiveItem> items, CancellationToken cancellationToken)
    {
        ArchiveFileSets found = new();
        await foreach (ArchiveItem.Member member in items.OfType<ArchiveItem.Member>().WithCancellation(cancellationToken))
        {
            found._paths.Add(member.Path);
            if (FolderFileSets.IsDirectoryName(member.Path)
                && await FileSetOfAsync(member.Content, cancellationToken) is { Count: > 0 } set)
            {
                found._sets.Add((member.Path[..^"DICOMDIR".Length], set));
            }
        }

        return found;
    }

    /// <summary>Whether there is a DICOMDIR above a file.</summary>
    public bool Holds(string path) => _sets.Exists(one => path.StartsWith(one.Folder, StringComparison.Ordinal));

    /// <summary>The names of what contradicts the nearest DICOMDIR above.</summary>
    public IReadOnlyList<string> Check(string path, DicomHeader header)
    {
        (string folder, FileSet? set) = _sets.Where(one => path.StartsWith(one.Folder, StringComparison.Ordinal))
            .MaxBy(one => one.Folder.Length);
        return set?.Check(path[folder.Length..], header) is { } finding ? [FolderFileSets.WordOf(finding)] : [];
    }

    /// <summary>Files that a DICOMDIR names and that are not there.</summary>
    public IEnumerable<string> Missing() => _sets.SelectMany(one => one.Set
        .Missing(_paths.Where(path => path.StartsWith(one.Folder, StringComparison.Ordinal)).Select(path => path[one.Folder.Length..]))
        .Select(missing => one.Folder + missing));

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
