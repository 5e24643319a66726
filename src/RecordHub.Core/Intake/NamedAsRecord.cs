using System.Collections.Frozen;

namespace RecordHub.Core.Intake;

/// <summary>
/// Files that were meant as a record and hold none: their name or declared type says what should be in them, and their bytes
/// are nothing that is read (damaged, cut off, never copied), or a page of an error in place of an image. Who sent them has to
/// hear it. Unknown bytes under any other name are a companion of records, such as a viewer's data.
/// </summary>
internal static class NamedAsRecord
{
    // File IDs have no ending (PS3.10 §8.2), and many discs name instances by their UID.
    private const string File = "a file of a DICOM disc often is, without an ending";

    private static readonly FrozenDictionary<string, Promise> s_endings = Endings(
        (Form.Binary, "DICOM", ".dcm .dicom .dic .ima .acr"),
        (Form.Binary, "PDF", ".pdf"),
        (Form.Binary, "an archive", ".zip .tar .tgz .gz .7z .rar .xz .bz2 .zst"),
        (Form.Binary, "an image of a disc", ".iso .img .udf .nrg .mdf .dmg"),
        (Form.Binary, "a video", ".mp4 .m4v .mov .avi .wmv .mpg .mpeg .mkv"),
        (Form.Binary, "a medical image", ".nii .nrrd .mha .svs .ndpi .mrxs"),
        (Form.Picture, "a picture", ".jpg .jpeg .png .tif .tiff .bmp .gif .webp .heic .jp2"),
        (Form.Any, "a document", ".doc .docx .odt .rtf .txt .htm .html .xls .xlsx .ods .ppt .pptx .odp .msg .eml"),
        (Form.Any, "a health record", ".hl7 .cda .ccda .edf .scp"));

    private static readonly FrozenDictionary<string, Promise> s_types = new Dictionary<string, Promise>
    {
        ["application/dicom"] = new("DICOM", Form.Binary),
        ["application/pdf"] = new("PDF", Form.Binary),
        ["application/zip"] = new("an archive", Form.Binary),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private enum Form
    {
        /// <summary>Text and markup may well be in it.</summary>
        Any,

        /// <summary>Text and markup are not what should be in it.</summary>
        Binary,

        /// <summary>The same; it may be an icon, which is nobody's record.</summary>
        Picture,
    }

    /// <summary>Whether the name or the type says that it is a record.</summary>
    internal static bool Is(string? fileName, string? mediaType) => Of(fileName, mediaType) is not null;

    /// <summary>What is to be said of it where it holds none; null when it is what its bytes are.</summary>
    internal static string? Missing(SniffedContent found, bool isEmpty, string? fileName, string? mediaType)
    {
        if (ForeignNames.Recognise(fileName) is not null || Of(fileName, mediaType) is not { } promise)
        {
            return null;
        }

        bool isMissing = isEmpty || found.Kind switch
        {
            ContentKind.Unknown => true,
            ContentKind.NotARecord => promise.Form == Form.Binary,
            ContentKind.PlainText or ContentKind.Html => promise.Form != Form.Any,
            _ => false,
        };
        return isMissing
            ? $"{found.What}, though it is named as {promise.What}: damaged, cut off, or something else in its place; ask for it again"
            : null;
    }

    private static Promise? Of(string? fileName, string? mediaType)
    {
        // Names come from other systems: both separators count.
        string name = fileName is null ? string.Empty : fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        string ending = Path.GetExtension(name);
        return s_endings.TryGetValue(ending, out Promise? promise) || s_types.TryGetValue(Type(mediaType), out promise) ? promise
            : name.Length > 0 && ending.AsSpan().TrimStart('.').IndexOfAnyExceptInRange('0', '9') < 0 ? new Promise(File, Form.Any)
            : null;
    }

    private static string Type(string? mediaType) => mediaType?.Split(';')[0].Trim() ?? string.Empty;

    private static FrozenDictionary<string, Promise> Endings(params (Form Form, string What, string Names)[] kinds) => kinds
        .SelectMany(kind => kind.Names.Split(' ').Select(name => (name, new Promise(kind.What, kind.Form))))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    private sealed record Promise(string What, Form Form);
}
