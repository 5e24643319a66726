using NUnit.Framework;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>The third-party files beside the repository, when they are there.</summary>
internal static class SharedFiles
{
    /// <summary>A folder below <c>../shared/data</c>; the test is passed over, by name, when it is not there.</summary>
    public static string Folder(string name)
    {
        string path = Path.Combine(Repository, "..", "shared", "data", name);
        if (!Directory.Exists(path))
        {
            Assert.Ignore($"../shared/data/{name} is not there.");
        }

        return Path.GetFullPath(path);
    }

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRoot();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("RecordHub.sln is in no folder above the tests.");
    }
}
