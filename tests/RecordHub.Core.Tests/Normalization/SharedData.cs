using NUnit.Framework;

namespace RecordHub.Core.Tests.Normalization;

/// <summary>Third-party input beside the repository; tests that use it are ignored where it is not there.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RecordHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        string path = Path.GetFullPath(Path.Combine(folder ?? ".", "..", "shared", "data", name));
        if (!Directory.Exists(path))
        {
            // A worktree lies one folder deeper than the repository itself.
            path = Path.GetFullPath(Path.Combine(folder ?? ".", "..", "..", "shared", "data", name));
        }

        if (!Directory.Exists(path))
        {
            Assert.Ignore($"The folder shared/data/{name} is not beside the repository.");
        }

        return path;
    }

    public static IEnumerable<string> Files(string name) => Directory
        .EnumerateFiles(Folder(name), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
