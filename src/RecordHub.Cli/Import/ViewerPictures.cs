using System.Collections.Frozen;

namespace RecordHub.Cli.Import;

/// <summary>
/// Pictures on a medium with a DICOMDIR: a viewer's buttons, and copies of the images for people without one (IHE PDI). They
/// would come by the hundred.
/// </summary>
internal static class ViewerPictures
{
    public const string Reason =
        "picture beside a DICOMDIR: taken for a part of the viewer; if it is a scanned document, import it by itself";

    private static readonly FrozenSet<string> s_endings =
        new[] { ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsNamed(string path) => s_endings.Contains(Path.GetExtension(path));
}
