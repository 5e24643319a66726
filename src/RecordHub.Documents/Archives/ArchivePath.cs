namespace RecordHub.Documents.Archives;

/// <summary>Names of archive members as safe relative paths.</summary>
internal static class ArchivePath
{
    private const int MaxLength = 2_048;

    /// <summary>'/' separated; null for a name that is rooted, climbs, holds control characters, or is too long.</summary>
    public static string? Clean(string name)
    {
        if (name.Length is 0 or > MaxLength || name.Any(char.IsControl))
        {
            return null;
        }

        string path = name.Replace('\\', '/');
        if (path[0] == '/' || (path.Length > 1 && path[1] == ':'))
        {
            return null;
        }

        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];
        return parts.Length == 0 || parts.Contains("..") ? null : string.Join('/', parts);
    }
}
