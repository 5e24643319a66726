using System.Text;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Rtf;

/// <summary>Plays RTF tokens into text, with an explicit, bounded stack of groups.</summary>
internal sealed partial class RtfInterpreter(
    ReadOnlyMemory<byte> content, TextSink text, AttachmentList attachments, ReadContext context)
{
    private const int MaxProperty = 2_000;
    private readonly RtfScanner _scanner = new(content);
    private readonly Stack<RtfGroup> _outer = new();
    private readonly Dictionary<int, Encoding> _fonts = [];
    private readonly List<byte> _pending = [];
    private readonly StringBuilder _title = new();
    private readonly StringBuilder _author = new();
    private readonly int[] _created = new int[5];
    private RtfGroup _group = new();
    private Encoding _default = Charsets.Windows1252;
    private Encoding? _pendingCharset;
    private int _fallbackLeft;
    private bool _atGroupStart;
    private bool _cell;

    public int OpenGroups => _outer.Count;

    public string? Title => _title.Length > 0 ? _title.ToString() : null;

    public string? Author => _author.Length > 0 ? _author.ToString() : null;

    public DocumentDate? Created => _created[0] == 0
        ? null
        : StandardTime.Parse($"{_created[0]:0000}{_created[1]:00}{_created[2]:00}{_created[3]:00}{_created[4]:00}");

    public void Run()
    {
        for (int count = 0; !text.Truncated; count++)
        {
            if ((count & 0xFFF) == 0)
            {
                context.Check();
            }

            RtfToken token = _scanner.Next();
            if (token.Kind == RtfTokenKind.End || !Play(token))
            {
                break;
            }
        }

        Flush();
    }

    /// <summary>False at the end of the outermost group: what follows is not RTF.</summary>
    private bool Play(RtfToken token)
    {
        bool first = _atGroupStart;
        _atGroupStart = false;
        switch (token.Kind)
        {
            case RtfTokenKind.GroupStart:
                Open();
                return true;
            case RtfTokenKind.GroupEnd:
                return Close();
            case RtfTokenKind.HexByte:
                Byte((byte)token.Parameter.GetValueOrDefault());
                return true;
            case RtfTokenKind.Text:
                Bytes(_scanner.Slice(token));
                return true;
            case RtfTokenKind.ControlSymbol:
                Symbol((char)_scanner.Slice(token)[0], first);
                return true;
            default:
                Word(Encoding.ASCII.GetString(_scanner.Slice(token)), token.Parameter, first || _group.Ignorable);
                return true;
        }
    }

    private void Open()
    {
        Flush();
        if (_outer.Count >= context.Limits.MaxNesting)
        {
            throw DocumentException.TooLarge(DocumentLimit.Nesting, $"RTF groups nested deeper than {context.Limits.MaxNesting}");
        }

        _outer.Push(_group);
        _group = _group with { Ignorable = false };
        _fallbackLeft = 0;
        _atGroupStart = true;
    }

    private bool Close()
    {
        Flush();
        if (_group.Destination == RtfDestination.Picture && (_outer.Count == 0 || _outer.Peek().Destination != RtfDestination.Picture))
        {
            TakePicture();
        }

        _fallbackLeft = 0;
        if (_outer.Count == 0)
        {
            return false;
        }

        _group = _outer.Pop();
        return _outer.Count > 0;
    }

    private void Symbol(char symbol, bool first)
    {
        switch (symbol)
        {
            case '*' when first:
                _group.Ignorable = true;
                _atGroupStart = true;
                break;
            case '\\' or '{' or '}':
                Byte((byte)symbol);
                break;
            case '~':
                Characters("\u00a0");
                break;
            case '_':
                Characters("-");
                break;
            case '\r' or '\n':
                Characters("\n");
                break;
            case '\t':
                Characters("\t");
                break;
            default:
                break;
        }
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            Byte(one);
        }
    }

    private void Byte(byte value)
    {
        if (_fallbackLeft > 0)
        {
            _fallbackLeft--;
            return;
        }

        switch (_group.Destination)
        {
            case RtfDestination.Picture:
                PictureByte(value);
                break;
            case RtfDestination.Body or RtfDestination.Title or RtfDestination.Author:
                Encoding charset = _group.Charset ?? _default;
                if (_pending.Count > 0 && !ReferenceEquals(charset, _pendingCharset))
                {
                    Flush();
                }

                _pendingCharset = charset;
                _pending.Add(value);
                break;
            default:
                break;
        }
    }

    /// <summary>Bytes wait until the charset can change, because one character may be two of them.</summary>
    private void Flush()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        string decoded = (_pendingCharset ?? _default).GetString([.. _pending]);
        _pending.Clear();
        Emit(decoded);
    }

    private void Characters(string characters)
    {
        if (_fallbackLeft > 0)
        {
            _fallbackLeft--;
            return;
        }

        Flush();
        Emit(characters);
    }

    private void Emit(string characters)
    {
        switch (_group.Destination)
        {
            case RtfDestination.Body when !_group.Hidden && !_group.Deleted:
                if (_cell && characters == "\n")
                {
                    text.Line();
                }
                else
                {
                    text.Write(characters);
                }

                break;
            case RtfDestination.Title when _title.Length < MaxProperty:
                _title.Append(characters);
                break;
            case RtfDestination.Author when _author.Length < MaxProperty:
                _author.Append(characters);
                break;
            default:
                break;
        }
    }
}
