using System.Collections.Frozen;

namespace RecordHub.Core.Intake;

/// <summary>Files of a disc or a folder that are nobody's record, by their names.</summary>
internal static class ForeignNames
{
    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["autorun.inf"] = "autorun file of a disc",
        ["thumbs.db"] = "thumbnail cache",
        ["ehthumbs.db"] = "thumbnail cache",
        ["desktop.ini"] = "folder settings",
        [".ds_store"] = "folder settings",
        [".gitattributes"] = "folder settings",
        [".gitignore"] = "folder settings",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> s_extensions = new Dictionary<string, string>
    {
        [".exe"] = "program",
        [".com"] = "program",
        [".msi"] = "program",
        [".bat"] = "program",
        [".cmd"] = "program",
        [".vbs"] = "program",
        [".ps1"] = "program",
        [".sh"] = "program",
        [".app"] = "program",
        [".jar"] = "program",
        [".class"] = "program",
        [".dll"] = "part of a program",
        [".ocx"] = "part of a program",
        [".sys"] = "part of a program",
        [".so"] = "part of a program",
        [".dylib"] = "part of a program",
        [".js"] = "part of a viewer",
        [".css"] = "part of a viewer",
        [".xsl"] = "part of a viewer",
        [".xslt"] = "part of a viewer",
        [".ico"] = "icon",
        [".ttf"] = "font",
        [".woff"] = "font",
        [".chm"] = "help file",
        [".hlp"] = "help file",
        [".lnk"] = "shortcut",
        [".url"] = "shortcut",
        [".ini"] = "settings of a program",
        [".inf"] = "settings of a program",
        [".cfg"] = "settings of a program",
        [".config"] = "settings of a program",
        [".manifest"] = "settings of a program",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal static SniffedContent? Recognise(string? fileName)
    {
        // Names come from other systems: both separators count.
        string name = fileName is null ? string.Empty : fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.StartsWith("._", StringComparison.Ordinal))
        {
            return new SniffedContent(ContentKind.NotARecord, "resource fork");
        }

        return s_names.TryGetValue(name, out string? what) || s_extensions.TryGetValue(Path.GetExtension(name), out what)
            ? new SniffedContent(ContentKind.NotARecord, what)
            : null;
    }
}
