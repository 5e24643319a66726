using System.Text;
using RecordHub.Documents.Mail;
using RecordHub.Documents.Text;
using RecordHub.Documents.Word;

namespace RecordHub.Documents;

/// <summary>Tells what kind of document a file is by its first bytes; the name only breaks ties.</summary>
public static class DocumentSniffer
{
    /// <summary>The most bytes of the head that are looked at.</summary>
    public const int HeadLength = 64 * 1024;

    // UTF-8's byte order mark, white space, and the start byte of MLLP.
    private static readonly byte[] s_lead = [0xEF, 0xBB, 0xBF, 0x0B, 0x0D, 0x0A, 0x09, 0x20, 0x00];

    private static readonly string[] s_htmlStarts =
        ["<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<div", "<table", "<p>", "<h1", "<center", "<span", "<font"];

    /// <summary>False means "not a document": DICOM, FHIR, images, archives and other binary files are never claimed.</summary>
    public static bool TryRecognise(ReadOnlySpan<byte> head, string? fileName, out DocumentKind kind)
    {
        head = head[..Math.Min(head.Length, HeadLength)];
        string extension = Path.GetExtension(fileName)?.ToLowerInvariant() ?? string.Empty;
        bool dicom = head.Length >= 132 && head[128..].StartsWith("DICM"u8);
        DocumentKind? found = dicom ? null : Magic(head, extension) ?? Worded(head, extension);
        kind = found.GetValueOrDefault();
        return found is not null;
    }

    private static DocumentKind? Magic(ReadOnlySpan<byte> head, string extension)
    {
        ReadOnlySpan<byte> start = head.TrimStart(s_lead);
        if (head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) >= 0 && !MailMessage.Is(start))
        {
            return DocumentKind.Pdf;
        }

        if (start.StartsWith(@"{\rtf"u8))
        {
            return DocumentKind.Rtf;
        }

        if (CompoundFile.Is(head))
        {
            return Compound(head, extension);
        }

        // Before words: what follows its fields may be anything.
        if (MailMessage.Is(start))
        {
            return DocumentKind.Mail;
        }

        return head.StartsWith("PK\x3\x4"u8) ? Zipped(head, extension) : null;
    }

    private static DocumentKind? Compound(ReadOnlySpan<byte> head, string extension) =>
        CompoundFile.HoldsEncryptedPackage(head) && extension is not ".xlsx" and not ".pptx" ? DocumentKind.Docx
        : CompoundFile.HoldsWord(head) ? DocumentKind.LegacyDoc
        : extension switch
        {
            ".docx" or ".docm" => DocumentKind.Docx,
            ".doc" or ".dot" => DocumentKind.LegacyDoc,
            _ => null,
        };

    /// <summary>The first member's name tells a package from an archive that merely holds documents.</summary>
    private static DocumentKind? Zipped(ReadOnlySpan<byte> head, string extension)
    {
        if (head.Length < 30)
        {
            return null;
        }

        int length = Math.Min(head[26] | (head[27] << 8), head.Length - 30);
        string first = Encoding.ASCII.GetString(head.Slice(30, length));
        if (first == "mimetype" && head[(30 + length)..].IndexOf("application/vnd.oasis.opendocument.text"u8) is >= 0 and < 100)
        {
            return DocumentKind.Odt;
        }

        bool package = first is "[Content_Types].xml" or "_rels/.rels" or "mimetype"
            || first.StartsWith("word/", StringComparison.Ordinal) || first.StartsWith("docProps/", StringComparison.Ordinal)
            || first.StartsWith("customXml/", StringComparison.Ordinal) || first is "_rels/" or "word/" or "content.xml" or "META-INF/manifest.xml";
        if (!package)
        {
            return null;
        }

        if (head.IndexOf("word/document"u8) >= 0 || (head.IndexOf("word/"u8) >= 0 && extension is ".docx" or ".docm" or ".dotx"))
        {
            return DocumentKind.Docx;
        }

        return extension switch
        {
            ".docx" or ".docm" or ".dotx" when first != "mimetype" => DocumentKind.Docx,
            ".odt" or ".ott" => DocumentKind.Odt,
            _ => null,
        };
    }

    private static DocumentKind? Worded(ReadOnlySpan<byte> head, string extension)
    {
        ReadOnlySpan<byte> framed = head.TrimStart(s_lead);
        if (IsHl7(framed))
        {
            return DocumentKind.Hl7V2;
        }

        if (!TextProbe.TryDecode(head, out string text))
        {
            return null;
        }

        string trimmed = text.TrimStart('\ufeff', ' ', '\t', '\r', '\n', '\v');
        if (IsHl7(Encoding.ASCII.GetBytes(trimmed[..Math.Min(trimmed.Length, 16)])))
        {
            return DocumentKind.Hl7V2;
        }

        if (trimmed.StartsWith('<'))
        {
            return Markup(trimmed, extension);
        }

        if (LooksLikeHtml(trimmed, extension))
        {
            return DocumentKind.Html;
        }

        return LooksLikeJson(trimmed, extension) || !TextProbe.IsReadable(text) ? null : DocumentKind.PlainText;
    }

    /// <summary>A message or batch header: its letters, a separator that is no letter, and the usual component separator after it.</summary>
    private static bool IsHl7(ReadOnlySpan<byte> start) =>
        start.Length > 8 && (start.StartsWith("MSH"u8) || start.StartsWith("FHS"u8) || start.StartsWith("BHS"u8))
        && !char.IsAsciiLetterOrDigit((char)start[3]) && start[3] > ' '
        && !char.IsAsciiLetterOrDigit((char)start[4]) && start[4] > ' ' && start[4] != start[3];

    private static DocumentKind? Markup(string text, string extension)
    {
        string? root = TextProbe.RootElement(text, out string? space);
        return root switch
        {
            "html" or "HTML" => DocumentKind.Html,
            "ClinicalDocument" => DocumentKind.CdaDocument,
            "recordTarget" or "section" or "component" or "entry" when space is "" or "urn:hl7-org:v3"
                && (text.Contains("templateId", StringComparison.Ordinal) || text.Contains("patientRole", StringComparison.Ordinal)) =>
                DocumentKind.CdaDocument,
            "wordDocument" => DocumentKind.LegacyDoc,
            _ => LooksLikeHtml(text, extension) ? DocumentKind.Html : null,
        };
    }

    private static bool LooksLikeHtml(string text, string extension)
    {
        string start = text[..Math.Min(text.Length, 4096)];
        bool tagged = s_htmlStarts.Any(tag => start.StartsWith(tag, StringComparison.OrdinalIgnoreCase));
        bool inside = start.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);
        bool declared = start.StartsWith("<?xml", StringComparison.Ordinal);
        return (tagged && !declared) || (inside && start.StartsWith('<'))
            || (extension is ".html" or ".htm" or ".xhtml" && !declared && start.Contains('<', StringComparison.Ordinal));
    }

    /// <summary>FHIR JSON and NDJSON, and other JSON: not for people to read.</summary>
    private static bool LooksLikeJson(string text, string extension) =>
        extension is ".json" or ".ndjson"
        || (text.StartsWith('{') && text.AsSpan(1).TrimStart() is ['"', ..] or ['}', ..])
        || (text.StartsWith('[') && text.AsSpan(1).TrimStart() is ['{', ..] && text.Contains('"', StringComparison.Ordinal));
}
