using RecordHub.Cli.Hub;

namespace RecordHub.Cli.Import;

/// <summary>Walks files and folders in ordinal order, without following links between folders.</summary>
internal static class ImportWalker
{
    public static IEnumerable<ImportSource> Walk(IReadOnlyList<string> paths, bool recursive)
    {
        foreach (string path in paths)
        {
            IEnumerable<ImportSource> found = Directory.Exists(path)
                ? WalkFolder(path, recursive)
                : [new ImportSource.Found(path)];
            foreach (ImportSource source in found)
            {
                yield return source;
            }
        }
    }

    /// <summary>The files alone; what is passed over is told.</summary>
    public static IEnumerable<string> FilesOf(this IEnumerable<ImportSource> sources, Action<ImportSource.Passed> told)
    {
        foreach (ImportSource source in sources)
        {
            if (source is ImportSource.Found found)
            {
                yield return found.Path;
            }
            else if (source is ImportSource.Passed passed)
            {
                told(passed);
            }
        }
    }

    private static IEnumerable<ImportSource> WalkFolder(string top, bool recursive)
    {
        Stack<string> folders = new([top]);
        while (folders.TryPop(out string? folder))
        {
            (string[] files, DirectoryInfo[] inner, string? trouble) = Open(folder);
            if (trouble is not null)
            {
                yield return new ImportSource.Passed(folder, ImportOutcomes.Rejected, trouble);
            }

            foreach (string file in files)
            {
                yield return new ImportSource.Found(file);
            }

            foreach (DirectoryInfo next in inner.Reverse())
            {
                if (next.LinkTarget is not null)
                {
                    yield return new ImportSource.Passed(
                        next.FullName, ImportOutcomes.Ignored, "link: a link to a folder; give its target to import it");
                }
                else if (recursive)
                {
                    folders.Push(next.FullName);
                }
                else
                {
                    yield return new ImportSource.Passed(
                        next.FullName, ImportOutcomes.Ignored, "folder: give --recursive to import what is in it");
                }
            }
        }
    }

    private static (string[] Files, DirectoryInfo[] Folders, string? Trouble) Open(string folder)
    {
        try
        {
            DirectoryInfo info = new(folder);
            string[] files = Directory.GetFiles(folder);
            Array.Sort(files, StringComparer.Ordinal);
            DirectoryInfo[] folders = info.GetDirectories();
            Array.Sort(folders, static (a, b) => string.CompareOrdinal(a.Name, b.Name));

            // A path that is longer than the system opens comes as none.
            return files is ["", ..] || folders.Any(static one => one.FullName.Length == 0)
                ? ([.. files.Where(static file => file.Length > 0)], [.. folders.Where(static one => one.FullName.Length > 0)],
                    "path-too-long: the path of something in this folder is too long to be opened; move the folder to a shorter path")
                : (files, folders, null);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return ([], [], "unreadable-folder: it cannot be opened; check its permissions");
        }
    }
}
