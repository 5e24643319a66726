namespace RecordHub.Core.Tests.Identity;

/// <summary>docs/identity.md, of which some sections are written by the code.</summary>
internal static class IdentityDocument
{
    /// <summary>Set by tests/cohort.sh: then sections are written instead of compared.</summary>
    internal static bool IsWritten => Environment.GetEnvironmentVariable("RECORDHUB_WRITE_IDENTITY_DOC") is "1";

    private static string FilePath => Path.Combine(Root(), "docs", "identity.md");

    /// <summary>What stands between the section's two marks.</summary>
    internal static string Read(string section)
    {
        (string text, int start, int end) = Find(section);
        return text[start..end].Trim('\n');
    }

    internal static void Write(string section, string content)
    {
        (string text, int start, int end) = Find(section);
        File.WriteAllText(FilePath, $"{text[..start]}\n{content.Trim('\n')}\n\n{text[end..]}");
    }

    private static (string Text, int Start, int End) Find(string section)
    {
        string text = File.ReadAllText(FilePath);
        string mark = $"<!-- {section} -->\n";
        int start = text.IndexOf(mark, StringComparison.Ordinal);
        int end = text.IndexOf($"<!-- end of {section} -->", StringComparison.Ordinal);
        return start >= 0 && end > start
            ? (text, start + mark.Length, end)
            : throw new InvalidDataException($"docs/identity.md has no section {section}.");
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RecordHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests do not run within the repository.");
    }
}
