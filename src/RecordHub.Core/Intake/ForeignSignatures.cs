namespace RecordHub.Core.Intake;

/// <summary>
/// Kinds of file that are named but not taken, by their first bytes: parts of a disc that are nobody's record, and what may
/// hold records in a form that is not read here.
/// </summary>
internal static class ForeignSignatures
{
    private const int TarMagic = 257;
    private const int IsoMagic = 32769;
    private const string GiveToImport = " is not opened here; unpack it, or give it to 'recordhub import'";
    private const string SaveAsPdf = "is not read; save it as PDF and send that";

    internal static SniffedContent? Recognise(ReadOnlySpan<byte> head, string? fileName) =>
        NotRead(Archive(head, fileName) ?? Office(head, fileName) ?? Video(head)) ?? NoRecord(Program(head) ?? Other(head));

    /// <summary>Whether it is an archive that an import opens.</summary>
    internal static bool IsOpened(SniffedContent sniffed) => sniffed.What.EndsWith(GiveToImport, StringComparison.Ordinal);

    private static SniffedContent? NotRead(string? what) => what is null ? null : new SniffedContent(ContentKind.NotRead, what);

    private static SniffedContent? NoRecord(string? what) => what is null ? null : new SniffedContent(ContentKind.NotARecord, what);

    private static string? Archive(ReadOnlySpan<byte> head, string? fileName)
    {
        if (head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8))
        {
            return ExtensionOf(fileName) switch
            {
                ".xlsx" or ".xlsm" or ".ods" => $"spreadsheet, which {SaveAsPdf}",
                ".pptx" or ".odp" => $"presentation, which {SaveAsPdf}",
                _ => Unpacked("ZIP archive"),
            };
        }

        string? closed = head switch
        {
            [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "7z archive",
            [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "RAR archive",
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "xz file",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "Zstandard file",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2 file",
            [0x1F, 0x9D, ..] => "compress file",
            _ => null,
        };
        if (closed is not null)
        {
            return closed + " is not opened; unpack it, or pack it as ZIP, and send that";
        }

        return head is [0x1F, 0x8B, ..] ? Unpacked("gzip file")
            : head.Length > TarMagic + 5 && head[TarMagic..].StartsWith("ustar"u8) ? Unpacked("tar archive")
            : head.Length > IsoMagic + 5 && head[IsoMagic..].StartsWith("CD001"u8) ? Unpacked("disc image")
            : null;
    }

    // Only recordhub import opens them: this is what other doors say.
    private static string Unpacked(string what) => what + GiveToImport;

    private static string? Office(ReadOnlySpan<byte> head, string? fileName)
    {
        if (head is not [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            return null;
        }

        // The names of a message's streams (MS-OXMSG §2.2), in UTF-16.
        return ExtensionOf(fileName) == ".msg" || head.IndexOf("_\0_\0s\0u\0b\0s\0t\0g\0"u8) >= 0
            || head.IndexOf("_\0_\0n\0a\0m\0e\0i\0d\0"u8) >= 0
            ? "Outlook message (.msg) is not read; save it as .eml, or save its attachments, and send those"
            : "Office file of a kind that " + SaveAsPdf;
    }

    private static string? Video(ReadOnlySpan<byte> head) => head switch
    {
        [0, 0, 1, 0xBA or 0xB3, ..] or [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..]
            or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'A', (byte)'V', (byte)'I', ..] =>
            "video is not read; send it as DICOM",
        _ => null,
    };

    private static string? Program(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'M', (byte)'Z', ..] or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..]
            or [0xCF or 0xCE, 0xFA, 0xED, 0xFE, ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..] => "program",
        [(byte)'M', (byte)'S', (byte)'C', (byte)'F', ..] => "archive of an installer",
        _ => null,
    };

    private static string? Other(ReadOnlySpan<byte> head) => head switch
    {
        [0, 0, 1, 0, ..] => "icon",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..]
            or [(byte)'I', (byte)'D', (byte)'3', ..] => "sound",
        _ when head.StartsWith("SQLite format 3\0"u8) => "database",
        _ when head.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8) => "XML of a kind that is not read",
        _ => null,
    };

    private static string? ExtensionOf(string? fileName) => Path.GetExtension(fileName)?.ToLowerInvariant();
}
