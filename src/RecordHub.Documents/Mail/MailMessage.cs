using System.Text;
using RecordHub.Documents.Archives;

namespace RecordHub.Documents.Mail;

/// <summary>An e-mail (RFC 5322) taken apart into its texts and its files (RFC 2046). Never throws for what it holds.</summary>
public sealed class MailMessage
{
    /// <summary>The most bytes of one that are taken apart.</summary>
    public const int MostBytes = 128 << 20;

    private const int MostParts = 1_000;
    private const int MostDepth = 20;
    private const int MostOfBoundary = 200;

    private static readonly string[] s_shown = ["From", "To", "Cc", "Date", "Subject"];
    private static readonly string[] s_certain = ["Received", "Message-ID", "MIME-Version", "Return-Path"];

    private readonly List<MailPart> _texts = [];
    private readonly List<MailPart> _others = [];
    private readonly List<MailPart> _files = [];
    private readonly List<string> _troubles = [];
    private readonly List<(string Name, string Value)> _fields = [];

    private MailMessage()
    {
    }

    /// <summary>Who wrote it to whom, when and about what, as far as it says so.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => _fields;

    /// <summary>What a person reads as the message: plain text, or HTML where there is no plain text.</summary>
    public IReadOnlyList<MailPart> Texts => _texts;

    /// <summary>The same in HTML, where there is plain text beside it: not always is it the same.</summary>
    public IReadOnlyList<MailPart> Others => _others;

    /// <summary>The files that came with it, messages among them.</summary>
    public IReadOnlyList<MailPart> Files => _files;

    /// <summary>What of it could not be taken apart, a sentence each; no patient data.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    /// <summary>Whether the first bytes are those of an e-mail: fields that say from whom it is, and one that only an e-mail has.</summary>
    public static bool Is(ReadOnlySpan<byte> head)
    {
        int colon = head[..Math.Min(head.Length, 80)].IndexOf((byte)':');
        if (colon < 1 || head[..colon].ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        MailHeader header = MailHeader.Read(head[..Math.Min(head.Length, DocumentSniffer.HeadLength)], out _);
        return header.Find("From") is not null && Array.Exists(s_certain, name => header.Find(name) is not null);
    }

    /// <summary>Takes it apart.</summary>
    public static MailMessage Read(ReadOnlyMemory<byte> mail)
    {
        MailMessage message = new();
        MailHeader header = MailHeader.Read(mail.Span, out _);
        foreach (string name in s_shown)
        {
            if (header.Words(name) is { } value)
            {
                message._fields.Add((name, value));
            }
        }

        message.Add(mail, 1);
        return message;
    }

    private void Add(ReadOnlyMemory<byte> entity, int depth)
    {
        MailHeader header = MailHeader.Read(entity.Span, out int start);
        ReadOnlyMemory<byte> body = entity[start..];
        string? field = header.Find("Content-Type");
        string type = field is null ? "text/plain" : MailWords.Main(field);
        if (type.StartsWith("multipart/", StringComparison.Ordinal)
            && MailWords.Parameter(field, "boundary") is { Length: > 0 and <= MostOfBoundary } boundary)
        {
            AddParts(body, boundary, type == "multipart/alternative", depth);
            return;
        }

        if (_texts.Count + _files.Count >= MostParts)
        {
            Trouble($"more than {MostParts} parts");
            return;
        }

        string? disposition = header.Find("Content-Disposition");
        string? name = MailWords.Parameter(disposition, "filename") ?? MailWords.Parameter(field, "name");
        MailPart part = new(
            type, NameOf(name, type), MailWords.Parameter(field, "charset"), header.Find("Content-Transfer-Encoding"), body);
        bool isText = type is "text/plain" or "text/html" && name is null
            && (disposition is null || MailWords.Main(disposition) != "attachment");
        (isText ? _texts : _files).Add(part);
    }

    private void AddParts(ReadOnlyMemory<byte> body, string boundary, bool isOneOfThem, int depth)
    {
        if (depth >= MostDepth)
        {
            Trouble($"parts are inside each other more than {MostDepth} times");
            return;
        }

        int texts = _texts.Count;
        byte[] mark = Encoding.Latin1.GetBytes("--" + boundary);
        int? start = null;
        for (int at = 0; at < body.Length;)
        {
            ReadOnlySpan<byte> rest = body.Span[at..];
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            int next = end < 0 ? body.Length : at + end + 1;
            if (line.StartsWith(mark) && line[mark.Length..].TrimEnd(" \t\r"u8) is var after && (after.IsEmpty || after.SequenceEqual("--"u8)))
            {
                if (start is { } from)
                {
                    Add(WithoutLineEnd(body[from..at]), depth + 1);
                }

                start = next;
                if (!after.IsEmpty)
                {
                    Choose(isOneOfThem, texts);
                    return;
                }
            }

            at = next;
        }

        Trouble("it breaks off before the end of its parts");
        if (start is { } last)
        {
            Add(body[last..], depth + 1);
        }

        Choose(isOneOfThem, texts);
    }

    // The same in several forms: plain text is the one that is read.
    private void Choose(bool isOneOfThem, int first)
    {
        if (isOneOfThem && _texts.Skip(first).Any(part => part.MediaType == "text/plain" && !part.Packed.Span.Trim(" \t\r\n"u8).IsEmpty))
        {
            MailPart[] plain = [.. _texts.Skip(first).Where(part => part.MediaType != "text/html")];
            _others.AddRange(_texts.Skip(first).Where(part => part.MediaType == "text/html"));
            _texts.RemoveRange(first, _texts.Count - first);
            _texts.AddRange(plain);
        }
    }

    private void Trouble(string trouble)
    {
        if (!_troubles.Contains(trouble))
        {
            _troubles.Add(trouble);
        }
    }

    // The line end before a boundary belongs to it (RFC 2046 §5.1.1).
    private static ReadOnlyMemory<byte> WithoutLineEnd(ReadOnlyMemory<byte> part) => part.Span switch
    {
        [.., (byte)'\r', (byte)'\n'] => part[..^2],
        [.., (byte)'\n'] => part[..^1],
        _ => part,
    };

    private string NameOf(string? name, string type)
    {
        string? last = name is null ? null : name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string shown = new([.. (last ?? string.Empty).Where(c => !char.IsControl(c)).Take(200)]);
        return ArchivePath.Clean(shown.Trim()) is { Length: > 0 } clean ? clean
            : $"part-{_texts.Count + _files.Count + 1}{Ending(type)}";
    }

    private static string Ending(string type) => type switch
    {
        "application/pdf" => ".pdf",
        "application/dicom" => ".dcm",
        "message/rfc822" => ".eml",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/xml" or "application/xml" => ".xml",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/tiff" => ".tif",
        _ => string.Empty,
    };
}
