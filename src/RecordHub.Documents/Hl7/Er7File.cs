using System.Buffers.Text;
using System.Text;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Hl7;

/// <summary>Splits a file into messages: CR, LF or CRLF ends a segment, MLLP framing and batch segments (§2.10.3) are taken off.</summary>
internal sealed class Er7File
{
    private readonly ReadContext _context;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<Er7Message> _messages = [];

    // The lines of the open message, kept as offsets until its charset is known.
    private readonly List<Line> _lines = [];
    private int? _announced;

    private Er7File(ReadOnlyMemory<byte> bytes, ReadContext context)
    {
        _bytes = bytes;
        _context = context;
    }

    public static IReadOnlyList<Er7Message> Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        bool wide = (Charsets.FromMark(content.Span, out int mark) is { } marked && marked != Encoding.UTF8)
            || Charsets.GuessUtf16(content.Span) is not null;
        ReadOnlyMemory<byte> bytes = wide
            ? Encoding.UTF8.GetBytes(Charsets.Decode(content.Span, out _))
            : content[mark..];
        return new Er7File(bytes, context).ReadAll();
    }

    /// <summary>Whether a line begins like a segment: three capitals or digits, then a separator or nothing.</summary>
    public static bool IsSegment(ReadOnlySpan<byte> line) =>
        line.Length >= 3
        && char.IsAsciiLetterUpper((char)line[0])
        && (char.IsAsciiLetterUpper((char)line[1]) || char.IsAsciiDigit((char)line[1]))
        && (char.IsAsciiLetterUpper((char)line[2]) || char.IsAsciiDigit((char)line[2]));

    private List<Er7Message> ReadAll()
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        int segments = 0;
        for (int at = 0; at < bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            int length = rest.IndexOfAny((byte)'\r', (byte)'\n', (byte)0x1C);
            length = length < 0 ? rest.Length : length;
            int lead = rest[..length].IndexOfAnyExcept((byte)0x0B, (byte)0x00);
            if (lead >= 0 && rest[lead..length].IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0)
            {
                if (++segments > _context.Limits.MaxSegments)
                {
                    throw DocumentException.TooLarge(DocumentLimit.Segments, $"more than {_context.Limits.MaxSegments} lines");
                }

                Take(rest[lead..length], at + lead);
            }

            at += length + 1;
        }

        Close();
        if (_messages.Count == 0)
        {
            throw DocumentException.Unreadable("no MSH segment: not an HL7 v2 message", "byte 0");
        }

        if (_announced is { } count && count != _messages.Count)
        {
            _context.Warn("batch-count", $"the batch says {count} messages and holds {_messages.Count}");
        }

        return _messages;
    }

    private void Take(ReadOnlySpan<byte> line, int offset)
    {
        char separator = _lines.Count > 0 ? (char)_bytes.Span[_lines[0].Offset + 3] : '|';
        bool named = IsSegment(line) && (line.Length == 3 || line[3] == separator || line.StartsWith("MSH"u8));
        if (named && line.StartsWith("MSH"u8) && line.Length > 8)
        {
            Close();
            _lines.Add(new Line(offset, line.Length, Continues: false));
        }
        else if (IsSegment(line) && (line.StartsWith("FHS"u8) || line.StartsWith("BHS"u8)
            || line.StartsWith("BTS"u8) || line.StartsWith("FTS"u8)))
        {
            Close();
            if (line.StartsWith("BTS"u8) && line.Length > 4 && Utf8Parser.TryParse(line[4..], out int count, out _))
            {
                _announced = (int)Math.Min((long)(_announced ?? 0) + Math.Clamp(count, 0, 1 << 20), int.MaxValue);
            }
        }
        else if (_lines.Count > 0)
        {
            _lines.Add(new Line(offset, line.Length, Continues: !named));
        }
        else
        {
            _context.Warn("stray-line", "lines outside any message were left out");
        }
    }

    private void Close()
    {
        if (_lines.Count == 0)
        {
            return;
        }

        _context.Check();
        if (_messages.Count >= _context.Limits.MaxMessages)
        {
            throw DocumentException.TooLarge(DocumentLimit.Messages, $"more than {_context.Limits.MaxMessages} messages");
        }

        Line first = _lines[0];
        string header = Charsets.Windows1252.GetString(_bytes.Span.Slice(first.Offset, first.Length));
        if (!Er7Delimiters.TryParse(header, out Er7Delimiters delimiters))
        {
            throw DocumentException.Unreadable("the MSH segment names no usable separators", $"byte {first.Offset}");
        }

        Encoding charset = Charset(header, delimiters);
        Er7Escapes escapes = new(delimiters, charset);
        List<Er7Segment> segments = [];
        StringBuilder text = new();
        foreach (Line line in _lines)
        {
            if (text.Length > 0 && !line.Continues)
            {
                segments.Add(new Er7Segment(text.ToString(), delimiters, escapes));
                text.Clear();
            }

            if (line.Continues)
            {
                _context.Warn("broken-line", "a segment goes on over a line end; the lines were joined");
                text.Append('\n');
            }

            text.Append(charset.GetString(_bytes.Span.Slice(line.Offset, line.Length)));
        }

        segments.Add(new Er7Segment(text.ToString(), delimiters, escapes));
        _messages.Add(new Er7Message(segments, first.Offset));
        _lines.Clear();
    }

    private Encoding Charset(string header, Er7Delimiters delimiters)
    {
        Er7Segment msh = new(header, delimiters, new Er7Escapes(delimiters, Charsets.Windows1252));
        ReadOnlySpan<byte> bytes = _bytes.Span[_lines[0].Offset..(_lines[^1].Offset + _lines[^1].Length)];
        bool utf8 = Charsets.IsValidUtf8(bytes);
        List<string> names = [.. msh.Repetitions(18).Select(r => r.Text(1) ?? string.Empty)];
        Encoding? stated = names.Select(Er7Charset.Find).LastOrDefault(e => e is not null);
        if (stated is null)
        {
            return utf8 ? Encoding.UTF8 : Charsets.Windows1252;
        }

        if (stated == Encoding.UTF8 && !utf8)
        {
            _context.Warn("charset-mismatch", "MSH-18 says UTF-8 and the bytes are not; read as windows-1252");
            return Charsets.Windows1252;
        }

        return stated;
    }

    private readonly record struct Line(int Offset, int Length, bool Continues);
}
