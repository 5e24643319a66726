namespace RecordHub.Documents.Reading;

/// <summary>Media types of attachments: the first bytes decide, then what the sender says, then the name.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    public static string Of(ReadOnlySpan<byte> content, string? stated, string? fileName) =>
        FromContent(content) ?? Clean(stated) ?? FromName(fileName) ?? Unknown;

    public static string? FromContent(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        if (content.StartsWith(@"{\rtf"u8))
        {
            return "text/rtf";
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]))
        {
            return "image/png";
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return "image/jpeg";
        }

        if (content.StartsWith("GIF8"u8))
        {
            return "image/gif";
        }

        if (content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8))
        {
            return "image/tiff";
        }

        return content.Length > 132 && content[128..].StartsWith("DICM"u8) ? "application/dicom" : null;
    }

    public static string? FromName(string? fileName) => Path.GetExtension(fileName)?.ToLowerInvariant() switch
    {
        ".pdf" => "application/pdf",
        ".txt" => "text/plain",
        ".htm" or ".html" => "text/html",
        ".rtf" => "text/rtf",
        ".xml" => "application/xml",
        ".doc" => "application/msword",
        ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".odt" => "application/vnd.oasis.opendocument.text",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".gif" => "image/gif",
        ".tif" or ".tiff" => "image/tiff",
        ".dcm" => "application/dicom",
        ".emf" => "image/emf",
        ".wmf" => "image/wmf",
        _ => null,
    };

    /// <summary>type/subtype in lower case without parameters (RFC 9110 §8.3.1), else null.</summary>
    private static string? Clean(string? stated)
    {
        if (stated is null)
        {
            return null;
        }

        string type = stated.Split(';')[0].Trim().ToLowerInvariant();
        int slash = type.IndexOf('/');
        bool plain = slash > 0 && slash < type.Length - 1 && type.Length < 128
            && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '+' or '_');
        return plain && type != Unknown ? type : null;
    }
}
