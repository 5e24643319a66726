using NUnit.Framework;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Real files for development, beside the repository; tests that want them are ignored without them.</summary>
internal static class Corpus
{
    public static string Folder(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", name);
        if (!Directory.Exists(path))
        {
            Assert.Ignore($"../shared/data/{name} is not here");
        }

        return path;
    }

    public static IEnumerable<string> DicomFiles() =>
        Directory.EnumerateFiles(Folder("dicom"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
