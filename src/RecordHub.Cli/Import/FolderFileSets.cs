using System.Collections.Concurrent;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Cli.Import;

/// <summary>The DICOMDIRs of the folders that are imported, read when the first file below them comes.</summary>
internal sealed class FolderFileSets(IReadOnlyList<string> roots)
{
    private const string DirectoryName = "DICOMDIR";

    // A directory of a hundred thousand images is some hundred megabytes.
    private static readonly DicomReadOptions s_reading = new() { MaxKeptBytes = 512 * 1024 * 1024 };

    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    private readonly ConcurrentDictionary<string, Lazy<Task<(string Folder, FileSet Set)?>>> _byFolder = new(StringComparer.Ordinal);

    public static bool IsDirectoryName(string path) =>
        string.Equals(Path.GetFileName(path), DirectoryName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The names of what contradicts the DICOMDIR above a DICOM file; none when there is no DICOMDIR.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(string path, CancellationToken cancellationToken)
    {
        if (await FindAsync(Path.GetDirectoryName(path)) is not { } found)
        {
            return [];
        }

        try
        {
            await using FileStream file = ReadableFile.Open(path);
            DicomHeader header = await DicomFile.ReadHeaderAsync(file, cancellationToken);
            return found.Set.Check(Relative(found.Folder, path), header) is { } finding ? [WordOf(finding)] : [];
        }
        catch (Exception unreadable) when (unreadable is DicomFormatException or IOException or UnauthorizedAccessException)
        {
            // It has been taken, and what became of it is said all the same.
            return [];
        }
    }

    /// <summary>Whether there is a DICOMDIR above a file.</summary>
    public async Task<bool> HoldsAsync(string path) => await FindAsync(Path.GetDirectoryName(path)) is not null;

    /// <summary>Whether the DICOMDIR above a file names it.</summary>
    public async Task<bool> NamesAsync(string path) =>
        await FindAsync(Path.GetDirectoryName(path)) is { } found && found.Set.Names(Relative(found.Folder, path));

    /// <summary>Whether a DICOMDIR can be read to its end: else nobody knows all that it names.</summary>
    public static async Task<bool> IsWholeAsync(string directory)
    {
        await using FileStream file = ReadableFile.Open(directory);
        return await ReadAsync(file, CancellationToken.None) is { IsWhole: true };
    }

    /// <summary>Files that a DICOMDIR names and that are not there.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(string directory)
    {
        if (await FindAsync(Path.GetDirectoryName(directory)) is not { } found)
        {
            return [];
        }

        IEnumerable<string> there = Directory.EnumerateFiles(found.Folder, "*", s_everything)
            .Select(path => Relative(found.Folder, path));
        return [.. found.Set.Missing(there).Select(path => Path.Combine([found.Folder, .. path.Split('/')]))];
    }

    /// <summary>What a DICOMDIR names; null when it is none.</summary>
    public static async Task<FileSet?> ReadAsync(Stream directory, CancellationToken cancellationToken)
    {
        try
        {
            DicomHeader header = await DicomFile.ReadHeaderAsync(directory, cancellationToken, s_reading);
            return DicomDirectory.IsDirectory(header) ? new FileSet(DicomDirectory.References(header.DataSet))
            {
                IsWhole = header.TruncatedAt is null,
            }
            : null;
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private Task<(string Folder, FileSet Set)?> FindAsync(string? folder) => folder is null
        ? Task.FromResult<(string, FileSet)?>(null)
        : _byFolder.GetOrAdd(folder, key => new Lazy<Task<(string, FileSet)?>>(() => LookAsync(key))).Value;

    // The nearest one upwards, as far as what was asked for.
    private async Task<(string Folder, FileSet Set)?> LookAsync(string folder)
    {
        if (!roots.Any(root => folder == root || folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            return null;
        }

        string? directory = Directory.EnumerateFiles(folder).FirstOrDefault(IsDirectoryName);
        if (directory is not null)
        {
            try
            {
                await using FileStream file = ReadableFile.Open(directory);
                if (await ReadAsync(file, CancellationToken.None) is { Count: > 0 } set)
                {
                    return (folder, set);
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // Its own line says so; the files below it are read all the same.
            }
        }

        return await FindAsync(Path.GetDirectoryName(folder));
    }

    private static string Relative(string folder, string path) =>
        Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    public static string WordOf(FileSetFinding finding) => finding switch
    {
        FileSetFinding.NotInDicomdir => "not-in-dicomdir",
        FileSetFinding.OfAnotherPatientInDicomdir => "of-another-patient-in-dicomdir",
        _ => "disagrees-with-dicomdir",
    };
}
