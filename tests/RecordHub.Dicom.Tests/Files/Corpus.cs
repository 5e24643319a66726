using NUnit.Framework;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Real files for development, beside the repository; tests that want them are ignored without them.</summary>
internal static class Corpus
{
    public static string Folder(string name)
    {
        string path = Place(name);
        if (!IsHere(name))
        {
            Assert.Ignore($"../shared/data/{name} is not here");
        }

        return path;
    }

    public static bool IsHere(string name) => Directory.Exists(Place(name));

    /// <summary>A file of this project's own, in the source tree.</summary>
    public static string ProjectFile(string name) => Path.Combine(Repository(), "tests", "RecordHub.Dicom.Tests", name);

    public static IEnumerable<string> DicomFiles() =>
        Directory.EnumerateFiles(Folder("dicom"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Place(string name) => Path.Combine(Repository(), "..", "shared", "data", name);

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? ".";
    }
}
