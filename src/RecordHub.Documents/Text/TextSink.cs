using System.Text;

namespace RecordHub.Documents.Text;

/// <summary>Gathers text for reading: LF line ends, no control characters, no trailing blanks, at most one empty line in a row.</summary>
internal sealed class TextSink(int maxChars)
{
    private readonly StringBuilder _text = new();
    private int _pendingBreaks;
    private bool _pendingSpace;
    private bool _atCell;

    public bool Truncated { get; private set; }

    public bool IsEmpty => _text.Length == 0;

    /// <summary>Appends text in which line ends mean line ends.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length && !Truncated; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\r':
                    if (i + 1 >= text.Length || text[i + 1] != '\n')
                    {
                        Break();
                    }

                    break;
                case '\n' or '\v' or '\u0085' or '\u2028':
                    Break();
                    break;
                case '\f' or '\u2029':
                    Paragraph();
                    break;
                case ' ' or '\t' or '\u00a0' or '\u202f' or '\u2007':
                    Space(c == '\t');
                    break;
                default:
                    i += Put(text, i);
                    break;
            }
        }
    }

    /// <summary>Appends text in which all white space means a blank (XML, HTML).</summary>
    public void WriteFlowing(ReadOnlySpan<char> text)
    {
        bool first = true;
        foreach (Range part in text.SplitAny('\r', '\n', '\t'))
        {
            if (!first)
            {
                Space(wide: false);
            }

            first = false;
            Write(text[part]);
        }
    }

    public void WriteLine(ReadOnlySpan<char> text)
    {
        Write(text);
        Break();
    }

    /// <summary>Ends the line, twice for an empty one.</summary>
    public void Break() => _pendingBreaks++;

    /// <summary>Begins a new line unless at the start of one, or of a cell.</summary>
    public void Line() => _pendingBreaks = _atCell ? _pendingBreaks : Math.Max(_pendingBreaks, 1);

    /// <summary>Begins a new line after an empty one, unless at the start of a cell.</summary>
    public void Paragraph() => _pendingBreaks = _atCell ? _pendingBreaks : Math.Max(_pendingBreaks, 2);

    /// <summary>A blank, or a wider gap, unless at the start of a line.</summary>
    public void Space(bool wide)
    {
        if (wide && _pendingBreaks == 0 && _text.Length > 0 && _text[^1] != '\t' && !Truncated)
        {
            _pendingSpace = false;
            Append('\t');
            return;
        }

        _pendingSpace = true;
    }

    /// <summary>Ends a table cell: its last line end becomes a gap to the next cell.</summary>
    public void Cell()
    {
        _pendingBreaks = 0;
        Space(wide: true);
        _atCell = true;
    }

    /// <summary>Ends a table row.</summary>
    public void Row()
    {
        _atCell = false;
        Line();
    }

    public override string ToString() => _text.ToString().TrimEnd();

    /// <summary>Returns how many further chars were taken.</summary>
    private int Put(ReadOnlySpan<char> text, int i)
    {
        char c = text[i];
        if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            Flush();
            Append(c);
            Append(text[i + 1]);
            return 1;
        }

        // NUL and other controls cannot stand in XML or be shown; a lone surrogate cannot be written as UTF-8.
        if (c < ' ' || c is >= '\u007f' and <= '\u009f' || c is '\ufeff' or '\u00ad' or '\u200b' || c is '\ufffe' or '\uffff')
        {
            return 0;
        }

        Flush();
        Append(char.IsSurrogate(c) ? '\ufffd' : c);
        return 0;
    }

    private void Flush()
    {
        if (_text.Length > 0 && _pendingBreaks > 0)
        {
            while (_text.Length > 0 && _text[^1] is '\t' or ' ')
            {
                _text.Length--;
            }

            Append('\n');
            if (_pendingBreaks > 1)
            {
                Append('\n');
            }
        }
        else if (_text.Length > 0 && _pendingSpace && _text[^1] is not '\t' and not ' ')
        {
            Append(' ');
        }

        _pendingBreaks = 0;
        _pendingSpace = false;
        _atCell = false;
    }

    private void Append(char c)
    {
        if (_text.Length >= maxChars)
        {
            Truncated = true;
            return;
        }

        _text.Append(c);
    }
}
