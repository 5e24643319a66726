using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace RecordHub.Core.Packages;

/// <summary>The layout of an exported package, and its check. A ZIP from outside is hostile until it is checked.</summary>
internal static class PackageArchive
{
    internal const string BundleName = "bundle.json";
    internal const string ManifestName = "manifest.json";
    internal const string IndexName = "INDEX.html";
    private const int MostFiles = 1_000_000;
    private const long MostManifestBytes = 256 * 1000 * 1000;

    internal static PackageVerification Verify(Stream zip)
    {
        ArgumentNullException.ThrowIfNull(zip);
        try
        {
            using ZipArchive archive = new(zip, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Count > MostFiles ? Broken("The ZIP holds too many files.") : Verify(archive);
        }
        catch (InvalidDataException)
        {
            return Broken("It is no ZIP, or a damaged one.");
        }
        catch (JsonException)
        {
            return Broken($"{ManifestName} is damaged.");
        }
    }

    private static PackageVerification Verify(ZipArchive archive)
    {
        if (archive.GetEntry(ManifestName) is not { Length: < MostManifestBytes } manifest)
        {
            return Broken($"There is no {ManifestName}: it is no package that RecordHub exported.");
        }

        using Stream stream = manifest.Open();
        using JsonDocument document = JsonDocument.Parse(stream);
        if (!document.RootElement.TryGetProperty("digest", out JsonElement digest)
            || !document.RootElement.TryGetProperty("files", out JsonElement files)
            || files.ValueKind != JsonValueKind.Array)
        {
            return Broken($"{ManifestName} is damaged.");
        }

        List<string> problems = [];
        HashSet<string> named = [ManifestName];
        int compared = 0;
        foreach (JsonElement file in files.EnumerateArray())
        {
            string path = file.GetProperty("path").GetString() ?? string.Empty;
            named.Add(path);
            compared++;
            string expected = file.GetProperty("sha256").GetString() ?? string.Empty;
            string problem = Compare(archive.GetEntry(path), expected, file.GetProperty("length").GetInt64());
            if (problem.Length > 0)
            {
                problems.Add($"{path}: {problem}");
            }

            if (path == BundleName && expected != digest.GetString())
            {
                problems.Add($"{path}: its hash is not the package's digest");
            }
        }

        problems.AddRange(archive.Entries.Where(entry => !named.Contains(entry.FullName))
            .Select(entry => $"{entry.FullName}: not in the manifest"));
        if (!named.Contains(BundleName))
        {
            problems.Add($"{BundleName}: not in the manifest");
        }

        return new PackageVerification(problems.Count == 0, compared, digest.GetString() ?? string.Empty, problems);
    }

    private static string Compare(ZipArchiveEntry? entry, string expected, long length)
    {
        if (entry is null)
        {
            return "missing";
        }

        if (entry.Length != length)
        {
            return "another length";
        }

        using Stream content = entry.Open();
        return Convert.ToHexStringLower(SHA256.HashData(content)) == expected ? string.Empty : "changed";
    }

    private static PackageVerification Broken(string problem) => new(false, 0, string.Empty, [problem]);
}
