namespace RecordHub.Core.Intake;

/// <summary>Kinds of file that are named but not taken as records, by their first bytes.</summary>
internal static class ForeignSignatures
{
    private const int TarMagic = 257;
    private const int IsoMagic = 32769;

    internal static SniffedContent? Recognise(ReadOnlySpan<byte> head, string? fileName)
    {
        string? what = Image(head) ?? Archive(head, fileName) ?? Program(head) ?? Other(head);
        return what is null ? null : new SniffedContent(ContentKind.NotARecord, what);
    }

    private static string? Image(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "JPEG image",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "PNG image",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "TIFF image",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF image",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "BMP image",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP image",
        [0, 0, 0, 12, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000 image",
        [0, 0, 1, 0, ..] => "icon",
        _ => null,
    };

    private static string? Archive(ReadOnlySpan<byte> head, string? fileName)
    {
        const string Archived = "archive; unpack or import it";
        if (head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8))
        {
            return Path.GetExtension(fileName)?.ToLowerInvariant() switch
            {
                ".xlsx" or ".xlsm" or ".ods" => "spreadsheet",
                ".pptx" or ".odp" => "presentation",
                _ => Archived,
            };
        }

        bool compressed = head is [0x1F, 0x8B, ..] or [0x1F, 0x9D, ..] || head.StartsWith("BZh"u8)
            || head is [(byte)'7', (byte)'z', 0xBC, 0xAF, ..]
            || head is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] or [0x28, 0xB5, 0x2F, 0xFD, ..]
            || head.StartsWith("Rar!"u8) || head.StartsWith("MSCF"u8);
        if (compressed || (head.Length > TarMagic + 5 && head[TarMagic..].StartsWith("ustar"u8)))
        {
            return Archived;
        }

        return head.Length > IsoMagic + 5 && head[IsoMagic..].StartsWith("CD001"u8) ? "disc image; import it" : null;
    }

    private static string? Program(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'M', (byte)'Z', ..] or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..]
            or [0xCF or 0xCE, 0xFA, 0xED, 0xFE, ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..] => "program",
        _ => null,
    };

    private static string? Other(ReadOnlySpan<byte> head)
    {
        if (head.Length > 12 && head[4..].StartsWith("ftyp"u8))
        {
            return "video or photograph";
        }

        return head switch
        {
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "Office file of a kind that is not read",
            [0, 0, 1, 0xBA or 0xB3, ..] => "video",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..]
                or [(byte)'I', (byte)'D', (byte)'3', ..] => "sound or video",
            _ when head.StartsWith("SQLite format 3\0"u8) => "database",
            _ when head.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8) => "XML of a kind that is not read",
            _ => null,
        };
    }
}
